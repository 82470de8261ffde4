// An account holder's pages: signing in, being asked, what they gave, a device; and what the application's team chooses.

import { look } from '../support/look.js';
import { signIn } from '../support/newcomer.js';
import { openShop } from '../support/partner.js';
import { LOOKS, type Page, choose, expect, test } from '../support/test.js';

const DETAILS = JSON.stringify([{ type: 'payment', amount: '30.00', currency: 'USD', payee: 'Corner-Shop' }]);

/** The address with which an application sends a browser to ask for a payment. */
function authorizationUrl(server: string, clientId: string, redirectUri: string): string {
  const url = new URL('/oauth/authorize', server);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile email payments:read offline_access',
    authorization_details: DETAILS,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString();
  return url.toString();
}

async function signInAsBuyer(page: Page, buyer: { email: string; password: string }): Promise<void> {
  await page.locator('[name=email]').fill(buyer.email);
  await page.locator('[name=password]').fill(buyer.password);
  await page.locator('main form button[type=submit]').click();
}

for (const { language, theme } of LOOKS) {
  test(`a holder is asked and takes it back, ${language}, ${theme}`, async ({ page, server, browser }, info) => {
    test.setTimeout(180_000);
    const named = (name: string) => `${name}-${language}-${theme}`;
    const seeded = server.command('seed', '--public-url', server.url);
    const { api_key, buyer } = seeded.sandbox;
    const application = seeded.application.id;

    await choose(page, server.url, language, theme);
    await signIn(page, seeded.developer);
    await page.goto(`/console/applications/${application}`);
    const shop = await openShop();
    const redirectUri = new URL('/callback', shop.url).toString();
    await page.locator('[name=redirect_uris]').fill(redirectUri);
    await page.locator('form[action="/ui/set_redirect_uris"] button[type=submit]').click();
    await page.goto(`/console/applications/${application}/test-holders`);
    await expect(page.locator('main')).toContainText(buyer.email);
    await look(page, info, named('test-holders'));
    await page.goto(`/console/applications/${application}/oauth/sandbox`);
    await look(page, info, named('client-settings'));
    await page.locator('[name=access_token_s]').fill('59');
    await page.locator('form[action="/ui/save_client_settings"] button[type=submit]').click();
    await expect(page.locator('[name=access_token_s]')).toHaveAttribute('aria-invalid', 'true');
    await look(page, info, named('client-settings-refused'));

    await page.goto('/holder/signin');
    await look(page, info, named('holder-sign-in'));
    await page.goto(authorizationUrl(server.url, api_key, redirectUri));
    await expect(page).toHaveURL(/\/holder\/signin\?return_to=/);
    await signInAsBuyer(page, { ...buyer, password: 'wrong' });
    await look(page, info, named('holder-sign-in-wrong'));
    await signInAsBuyer(page, buyer);
    await expect(page).toHaveURL(/\/consent\?request=/);
    await expect(page.locator('main')).toContainText('30.00 USD');
    await look(page, info, named('consent'));

    // By the keyboard alone.
    await page.locator('button[value=allow]').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Thank you')).toBeVisible();
    expect(page.url()).toContain(`${redirectUri}?code=`);
    shop.close();

    await page.goto('/holder');
    await look(page, info, named('grants'));
    await page.locator('form[action="/ui/withdraw_grant"] button').first().click();
    await expect(page).toHaveURL(/notice=withdrawn/);
    await look(page, info, named('grants-empty'));
    await page.goto('/device');
    await look(page, info, named('device'));
    await page.goto('/consent?request=over');
    await look(page, info, named('consent-over'));

    // It works without scripts as well.
    const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url });
    const other = await plain.newPage();
    await other.goto('/holder/signin');
    await signInAsBuyer(other, buyer);
    await expect(other).toHaveURL(/\/holder$/);
    await plain.close();
  });
}
