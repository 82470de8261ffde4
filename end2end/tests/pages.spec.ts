// Every public page in both languages, both themes, wide and narrow: axe finds nothing, nothing
// sticks out, and its picture is kept to be looked at.

import { LANGUAGES, THEMES, choose, expect, overflows, test, violations } from '../support/test.js';

const PAGES = {
  landing: '/',
  docs: '/docs',
  'quick-start': '/docs/quick-start',
  concepts: '/docs/concepts',
  reference: '/docs/api',
  'create-payment': '/docs/api/createPayment',
  errors: '/docs/errors',
  'signature-invalid': '/docs/errors/signature_invalid',
  'sign-up': '/signup',
  'sign-in': '/signin',
  components: '/dev/components',
  'not-found': '/no/such/page',
};

for (const [name, path] of Object.entries(PAGES)) {
  for (const language of LANGUAGES) {
    for (const theme of THEMES) {
      test(`${name}, ${language}, ${theme}`, async ({ page, server }, info) => {
        await choose(page, server.url, language, theme);
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(path);
          await expect(page.locator('main')).toBeVisible();
          expect(await overflows(page)).toEqual([]);
          await page.screenshot({ path: info.outputPath(`../pictures/${name}-${language}-${theme}-${width}.png`), fullPage: true });
        }
        expect(await violations(page)).toEqual([]);
        await page.setViewportSize({ width: 1440, height: 900 });
        expect(await violations(page)).toEqual([]);
      });
    }
  }
}
