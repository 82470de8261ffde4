// The administration in both languages, both themes, wide and narrow; and its forms without scripts.

import { look } from '../support/look.js';
import { LOOKS, type Page, choose, expect, test } from '../support/test.js';

const PASSWORD = 'correct horse battery';
const ROOT = 'root@example.com';

/** Signs in as the administrator of this server, whom the first caller makes. */
async function administer(page: Page, link: string): Promise<void> {
  await page.goto(link);
  if (await page.locator('[name=token]').count()) {
    await page.locator('[name=name]').fill('Root');
    await page.locator('[name=email]').fill(ROOT);
    await page.locator('[name=password]').fill(PASSWORD);
    await page.locator('main form button[type=submit]').click();
  } else {
    await page.goto('/signin');
    await page.locator('[name=email]').fill(ROOT);
    await page.locator('[name=password]').fill(PASSWORD);
    await page.locator('main form button[type=submit]').click();
  }
  await expect(page).toHaveURL(/\/console/);
}

/** Writes an announcement that is shown everywhere. */
async function announce(page: Page, text: string): Promise<void> {
  await page.goto('/admin/announcements');
  await page.locator('[name=text_en]').fill(text);
  await page.locator('[name=text_zh]').fill(`公告：${text}`);
  await page.locator('[name=tone]').selectOption('warning');
  await page.locator('[name=on_landing]').check();
  await page.locator('main form[action="/ui/announce"] button[type=submit]').click();
  await expect(page).toHaveURL(/\/admin\/announcements$/);
}

/** Fills in a plan; the burst of reads decides whether it fits. */
async function writePlan(page: Page, name: string, burst: string): Promise<void> {
  await page.goto('/admin/plans');
  await page.locator('[name=name]').fill(name);
  for (const field of ['reads_per_second', 'writes_per_second', 'writes_burst']) await page.locator(`[name=${field}]`).fill('50');
  await page.locator('[name=reads_burst]').fill(burst);
  await page.locator('main form[action="/ui/make_plan"] button[type=submit]').click();
}

for (const { language, theme } of LOOKS) {
  test(`the administration, ${language}, ${theme}`, async ({ page, server }, info) => {
    test.setTimeout(240_000);
    await choose(page, server.url, language, theme);
    const named = (name: string) => `admin-${name}-${language}-${theme}`;
    await administer(page, server.administratorLink);
    await page.goto('/admin/announcements');
    await look(page, info, named('announcements-empty'));
    await announce(page, `Maintenance on Sunday from 02:00 to 04:00 UTC, a rather long text <b>that wraps</b> ${language}${theme}`);
    await look(page, info, named('announcements'));
    await page.locator('main form[action="/ui/announce"] button[type=submit]').click();
    await look(page, info, named('announcements-refused'));
    await writePlan(page, `Large ${language} ${theme}`, '7');
    await look(page, info, named('plans-refused'));
    await writePlan(page, `Large ${language} ${theme}`, '500');
    await expect(page).toHaveURL(/\/admin\/plans\/pln_/);
    await look(page, info, named('plan'));
    await page.locator('#delete [name=name]').fill('Another plan');
    await page.locator('#delete button[type=submit]').click();
    await expect(page.locator('#delete [name=name]')).toHaveAttribute('aria-invalid', 'true');
    await look(page, info, named('plan-not-deleted'));
    await page.goto('/admin/plans');
    await look(page, info, named('plans'));
    await page.goto('/admin/channels');
    await look(page, info, named('channels'));
    await page.goto('/admin/channels?instance=sandbox_card_1');
    await page.locator('[name=weight]').fill('0');
    await page.locator('main form[action="/ui/change_channel_instance"] button[type=submit]').click();
    await look(page, info, named('channels-refused'));
    await page.goto('/admin');
    await look(page, info, named('overview'));
    await page.goto('/admin/developers');
    await look(page, info, named('developers'));
    await page.goto('/admin/developers?q=nobody-has-this-name');
    await look(page, info, named('developers-none'));
    await page.goto('/admin/developers');
    await page.locator('main .table a').first().click();
    await look(page, info, named('developer'));
    await page.locator('main form[action="/ui/remove_administrator"] [name=confirm]').fill('somebody@else.example');
    await page.locator('main form[action="/ui/remove_administrator"] button').click();
    await look(page, info, named('developer-refused'));
    await page.goto('/admin/applications');
    await look(page, info, named('applications'));
    await page.goto('/admin/settings');
    await page.locator('[name=terms_link]').fill('javascript:alert(1)');
    await page.locator('main form[action="/ui/change_settings"] button[type=submit]').click();
    await look(page, info, named('settings-refused'));
    await page.goto('/admin/settings');
    await page.locator('[name=terms_link]').fill(`https://pay.example/terms?${language}${theme}`);
    await page.locator('main form[action="/ui/change_settings"] button[type=submit]').click();
    await look(page, info, named('settings'));
    await page.goto('/admin/audit');
    await look(page, info, named('audit'));
    await page.goto('/admin/audit?check=whole&from=nonsense');
    await look(page, info, named('audit-checked'));
    await page.goto('/');
    await look(page, info, named('landing-announced'));
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an administrator announces, a reader hides it, and a setting is changed', async ({ page, server }) => {
    await administer(page, server.administratorLink);
    await announce(page, 'Read me once');
    await page.goto('/console');
    const line = page.locator('.announcement', { hasText: 'Read me once' });
    await expect(line).toBeVisible();
    await line.getByRole('button').click();
    await expect(page).toHaveURL(/\/console$/);
    await expect(line).toHaveCount(0);
    await page.goto('/');
    await expect(line).toHaveCount(0);

    await page.goto('/admin/settings');
    await page.locator('[name=sign_up]').selectOption('invitation');
    await page.locator('main form[action="/ui/change_settings"] button[type=submit]').click();
    await page.goto('/admin/developers');
    await page.locator('main form[action="/ui/invite_to_sign_up"] [name=email]').fill('lin@example.com');
    await page.locator('main form[action="/ui/invite_to_sign_up"] button').click();
    await expect(page.getByText('lin@example.com')).toBeVisible();
    await page.goto('/admin/settings');
    await page.locator('[name=sign_up]').selectOption('open');
    await page.locator('main form[action="/ui/change_settings"] button[type=submit]').click();
  });
});
