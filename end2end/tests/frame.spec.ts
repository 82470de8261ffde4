// What surrounds every page: switches, links, errors; with scripts and without.

import { expect, test } from '../support/test.js';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled, locale: 'en-GB' });

    test('the language switch stays on the page and is remembered', async ({ page }) => {
      await page.goto('/docs/concepts');
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await page.locator('summary', { hasText: 'English' }).click();
      await page.getByRole('button', { name: '简体中文' }).click();
      await expect(page).toHaveURL(/\/docs\/concepts$/);
      await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
      await page.goto('/');
      await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
    });

    test('the theme switch is in the first bytes of the next page', async ({ page, request }) => {
      await page.goto('/');
      await page.getByRole('banner').locator('summary').filter({ hasText: 'Theme' }).click();
      await page.getByRole('button', { name: 'Dark' }).click();
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
      const html = await (await request.get('/', { headers: { cookie: cookies } })).text();
      expect(html).toMatch(/<html[^>]+data-theme="dark"/);
    });

    test('a page that does not exist says so, with its request', async ({ page }) => {
      const response = await page.goto('/no/such/page');
      expect(response?.status()).toBe(404);
      const id = response?.headers()['request-id'] ?? 'none';
      expect(id).toMatch(/^req_[0-9a-z]{26}$/);
      await expect(page.getByText(id)).toBeVisible();
    });

    test('every link of the frame leads somewhere', async ({ page, request }) => {
      await page.goto('/');
      const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      expect(links.length).toBeGreaterThan(4);
      for (const link of new Set(links)) {
        const response = await request.get(link ?? '');
        expect(response.status(), `${link}`).toBeLessThan(400);
      }
    });
  });
}

test('the first tab stop skips to the content', async ({ page }) => {
  await page.goto('/docs/quick-start');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('a page without an island loads no script at all', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (/\.(js|wasm)(\?|$)/.test(request.url())) scripts.push(request.url());
  });
  await page.goto('/signin', { waitUntil: 'networkidle' });
  expect(scripts).toEqual([]);
});

test('the copy button copies what is shown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/docs/quick-start');
  const block = page.locator('pre').first();
  await page.getByRole('button', { name: 'Copy' }).first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.trim()).toBe((await block.innerText()).trim());
});
