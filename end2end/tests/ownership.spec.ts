// Keys, teams and what they lead to, in both languages and themes, wide and narrow, with names as long as
// they may be.

import { generateKeyPairSync } from 'node:crypto';
import { look } from '../support/look.js';
import { openMailedLink, signIn, signUp } from '../support/newcomer.js';
import { LOOKS, type Page, choose, expect, test } from '../support/test.js';

const LONG = 'Bücher & 书店 <b>a name as long as names may be</b>, 名称很长的应用名称用来检查换行是否正确， and on';

/** The visible button of a form. */
const submit = (page: Page, action: string) => page.locator(`form[action="/ui/${action}"] button[type=submit]:not([aria-hidden])`).first();

for (const { language, theme } of LOOKS) {
  test(`keys, ${language}, ${theme}`, async ({ page, server }, info) => {
    test.setTimeout(240_000);
    await choose(page, server.url, language, theme);
    const named = (name: string) => `${name}-${language}-${theme}`;
    await signUp(page, 'Kim');
    await page.goto('/console/applications');
    await page.locator('main a[href*="/applications/app_"]').first().click();
    await expect(page).toHaveURL(/\/applications\/app_[0-9a-z]{26}$/);
    const application = page.url();
    await page.locator('form[action="/ui/rename_application"] [name=name]').fill(LONG.slice(0, 80));
    await submit(page, 'rename_application').click();
    await page.goto(`${application}/keys`);
    await look(page, info, named('keys-empty'));
    await submit(page, 'show_my_keys').click();
    await look(page, info, named('keys-first'));
    await submit(page, 'make_credential').click();
    await expect(page.locator('.field-error').first()).toBeVisible();
    await look(page, info, named('keys-refused'));
    await page.locator('form[action="/ui/make_credential"] [name=name]').fill(LONG.slice(0, 80));
    await page.locator('form[action="/ui/make_credential"] [name=networks]').fill('192.0.2.0/24\n2001:db8::/32');
    await submit(page, 'make_credential').click();
    await look(page, info, named('keys'));
    await page.locator('main .table a[href*="/credentials/"]').first().click();
    await look(page, info, named('credential'));
    await page.goto(`${application}/public-keys/new/sandbox`);
    await look(page, info, named('public-key-new'));
    await submit(page, 'add_public_key').click();
    await look(page, info, named('public-key-refused'));
    const { publicKey } = generateKeyPairSync('ed25519');
    await page.locator('[name=pem]').fill(publicKey.export({ format: 'pem', type: 'spki' }).toString());
    await page.locator('form[action="/ui/add_public_key"] [name=name]').fill(LONG.slice(0, 80));
    await submit(page, 'add_public_key').click();
    await page.locator('main a[href*="/public-keys/pk_"]').first().click();
    await look(page, info, named('public-key'));
    await page.goto(`${application}/keys/live`);
    await look(page, info, named('keys-live-closed'));
  });

  test(`teams and what administrators see of them, ${language}, ${theme}`, async ({ page, browser, server }, info) => {
    test.setTimeout(240_000);
    await choose(page, server.url, language, theme);
    const named = (name: string) => `${name}-${language}-${theme}`;
    const seeded = server.command('seed');
    const guest = await signUp(page, 'Guest-of-another-team-with-a-long-address');
    const host = await (await browser.newContext({ baseURL: server.url })).newPage();
    await choose(host, server.url, language, theme);
    await signIn(host, seeded.developer);
    await host.goto('/console/teams');
    await look(host, info, named('teams'));
    await host.locator('main a[href*="/teams/team_"]').first().click();
    const team = host.url();
    await look(host, info, named('team-alone'));
    await host.locator('form[action="/ui/rename_team"] [name=name]').fill(LONG.slice(0, 80));
    await submit(host, 'rename_team').click();
    await host.locator('form[action="/ui/invite_member"] [name=email]').fill(guest);
    await submit(host, 'invite_member').click();
    await look(host, info, named('team-invited'));
    await openMailedLink(page, guest);
    await expect(page).toHaveURL(/\/invitation\?token=/);
    await look(page, info, named('invitation'));
    await submit(page, 'accept_invitation').click();
    await look(page, info, named('team-joined'));
    await host.goto(team);
    await look(host, info, named('team'));

    const admin = await (await browser.newContext({ baseURL: server.url })).newPage();
    await choose(admin, server.url, language, theme);
    await signIn(admin, seeded.admin);
    await admin.goto(`/admin/applications/${seeded.application.id}`);
    await look(admin, info, named('admin-application'));
    for (const [field, answer] of Object.entries({ currency: 'USD', percent: '2.9', fixed: '0.3' })) {
      await admin.locator(`#fees [name=${field}]`).fill(answer);
    }
    await submit(admin, 'set_fee').click();
    await expect(admin.locator('#fees [name=fixed]')).toHaveAttribute('aria-invalid', 'true');
    await look(admin, info, named('admin-application-fee-refused'));
    await admin.locator('#fees [name=fixed]').fill('0.30');
    await submit(admin, 'set_fee').click();
    await expect(admin.locator('#fees dd')).toContainText('2.90% + 0.30');
    await look(admin, info, named('admin-application-fee'));
    await admin.goto(`/admin/developers?q=${encodeURIComponent(guest)}`);
    await look(admin, info, named('admin-developers-found'));
    await admin.locator('main .table a').first().click();
    await admin.locator('form[action="/ui/suspend_person"] [name=reason]').fill('Complaints of buyers. 买家投诉。');
    await submit(admin, 'suspend_person').click();
    await look(admin, info, named('admin-developer-suspended'));
    await host.context().close();
    await admin.context().close();
  });
}
