// Every page in both languages, both themes, wide and narrow: axe finds nothing, nothing sticks out,
// and its picture is kept to be looked at.

import { createHmac } from 'node:crypto';
import { look, lookIn } from '../support/look.js';
import { makeApplication, openMailedLink, signUp, tryPayment } from '../support/newcomer.js';
import { LOOKS, choose, expect, test } from '../support/test.js';

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

for (const { language, theme } of LOOKS) {
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

for (const { language, theme } of LOOKS) {
  test(`account pages in ${language}, ${theme}`, async ({ page, server }, info) => {
    await choose(page, server.url, language, theme);
    const named = (name: string) => `${name}-${language}-${theme}`;
    const email = await signUp(page, 'A-rather-long-name-of-somebody-in-a-hurry');
    await page.goto('/console/account');
    await look(page, info, named('account'));
    await page.goto('/console/account/second-step');
    await look(page, info, named('second-step-off'));
    await page.locator('[name=password]').fill('correct horse battery');
    await page.locator('main form button[type=submit]').click();
    await expect(page.locator('.qr-code')).toBeVisible();
    await look(page, info, named('second-step-scan'));
    const secret = (await page.locator('.copyable-value').innerText()).replaceAll(' ', '');
    await page.locator('[name=code]').fill(totp(secret));
    await page.locator('main form button[type=submit]').first().click();
    await expect(page.locator('.recovery-codes')).toBeVisible();
    await look(page, info, named('second-step-codes'));
    await page.goto('/console/account/second-step');
    await look(page, info, named('second-step-on'));

    await page.context().clearCookies();
    await choose(page, server.url, language, theme);
    await page.goto('/signin');
    await page.locator('[name=email]').fill(email);
    await page.locator('[name=password]').fill('correct horse battery');
    await page.locator('main form button[type=submit]').click();
    await expect(page).toHaveURL(/\/signin\/code$/);
    await look(page, info, named('sign-in-code'));

    await page.goto('/forgot');
    await page.locator('[name=email]').fill(email);
    await page.locator('main form button[type=submit]').click();
    await page.goto('/dev/mail');
    await look(page, info, named('mailbox'));
    await openMailedLink(page, email);
    await expect(page).toHaveURL(/\/reset\?token=/);
    await page.locator('[name=password]').fill('seven lemons');
    await expect(page.locator('.strength')).toHaveAttribute('data-strength', /fair|good/);
    await look(page, info, named('reset'));
  });
}

/** What an authenticator shows for a secret at this moment (RFC 6238). */
function totp(secret: string): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const offset = mac[19] & 15;
  return ((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, '0');
}
