// Every page in both languages, both themes, wide and narrow: axe finds nothing, nothing sticks out,
// and its picture is kept to be looked at.

import { look, lookIn } from '../support/look.js';
import { makeApplication, signUp, tryPayment } from '../support/newcomer.js';
import { LANGUAGES, THEMES, choose, test } from '../support/test.js';

const PUBLIC_PAGES = {
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
  'check-mail': '/verify',
  'dead-link': '/verify?token=used',
  forgot: '/forgot',
  'forgot-sent': '/forgot?notice=sent',
  'setup-dead': '/setup?token=used',
  components: '/dev/components',
  'not-found': '/no/such/page',
};

test('the picture of the README', async ({ page, server }, info) => {
  await choose(page, server.url, 'en', 'light');
  await page.setViewportSize({ width: 1280, height: 960 });
  await signUp(page, 'Lin');
  const application = await makeApplication(page, 'Bookshop');
  await tryPayment(page, application, 'A-1001');
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${info.config.rootDir}/../pictures/readme.png` });
});

for (const language of LANGUAGES) {
  for (const theme of THEMES) {
    for (const [name, path] of Object.entries(PUBLIC_PAGES)) {
      test(`${name}, ${language}, ${theme}`, async ({ page, server }, info) => {
        await lookIn(page, info, server.url, language, theme, name, path);
      });
    }

    test(`the console, ${language}, ${theme}`, async ({ page, server }, info) => {
      test.setTimeout(180_000);
      await choose(page, server.url, language, theme);
      const named = (name: string) => `${name}-${language}-${theme}`;
      await signUp(page);
      await look(page, info, named('console-empty'));
      await page.goto('/console/applications');
      await look(page, info, named('applications-empty'));
      await page.goto('/console/applications/new');
      await look(page, info, named('application-new'));
      const application = await makeApplication(page, 'Bücher & 书店 <b>with a rather long name</b> that has to wrap somewhere');
      await look(page, info, named('application-fresh'));
      await page.goto(`/console/applications/${application}/payments`);
      await look(page, info, named('payments-empty'));
      await page.goto(`/console/applications/${application}/try`);
      await look(page, info, named('try'));
      const payment = await tryPayment(page, application, 'A-1001');
      await look(page, info, named('try-result'));
      await page.goto(`/console/payments/${payment}`);
      await look(page, info, named('payment'));
      await page.goto(`/console/applications/${application}/payments`);
      await look(page, info, named('payments'));
      await page.goto(`/console/applications/${application}`);
      await look(page, info, named('application'));
      await page.goto('/console');
      await look(page, info, named('console'));
    });
  }
}
