// A team and an administrator, in two browsers side by side, from the first draft to live rights and out
// of them again; every page of it is looked at in both languages and both themes.

import type { APIRequestContext, APIResponse, Browser } from '@playwright/test';
import { LOOKS, type Page, expect, type Language, type Theme, choose, test } from '../support/test.js';
import { look } from '../support/look.js';
import { makeApplication, signIn } from '../support/newcomer.js';

const PDF = { name: '营业执照 with a rather long name that goes on and on.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n') };
const HTML = { name: 'licence.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<script>alert(1)</script>') };
const REMARK = 'The address does not answer.\n网址无法访问，请更换。';

async function other(browser: Browser, url: string, language: Language, theme: Theme, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, javaScriptEnabled });
  const page = await context.newPage();
  await choose(page, url, language, theme);
  return page;
}

async function fill(page: Page, website = 'https://books.example'): Promise<void> {
  const typed = {
    purpose: 'Sells printed books to readers in Europe and Asia. 面向欧洲和亚洲的读者销售纸质图书，读者在线付款，款项次日结算至公司账户。',
    legal_name: 'Bookshop International Gesellschaft mit beschränkter Haftung & Co. Kommanditgesellschaft',
    registration_number: 'HRB 1234',
    country: 'DE',
    website,
    contact_name: 'Ada',
    contact_email: 'ada@books.example',
  };
  for (const [name, text] of Object.entries(typed)) await page.locator(`[name="answers[${name}]"]`).fill(text);
  await page.locator('[name="answers[monthly_volume]"]').selectOption('10k_to_100k');
  await page.locator('[name="wanted[payments]"]').check();
  await page.locator('[name="wanted[refunds]"]').check();
}

function askForToken(request: APIRequestContext, key: { api_key: string; api_secret: string }): Promise<APIResponse> {
  const basic = Buffer.from(`${key.api_key}:${key.api_secret}`).toString('base64');
  const headers = { authorization: `Basic ${basic}` };
  return request.post('/oauth/token', { form: { grant_type: 'client_credentials' }, headers });
}

/** The visible button that a form has for an intent or a verdict. */
const button = (page: Page, value: string) => page.locator(`button[value="${value}"]:not([aria-hidden])`);
const act = (page: Page, action: string) => page.locator(`form[action="/ui/${action}"] button[type=submit]`).first();

for (const { language, theme } of LOOKS) {
  test(`submit, change, approve, suspend, side by side, ${language}, ${theme}`, async ({ page: team, browser, server }, info) => {
    test.setTimeout(300_000);
    const seeded = server.command('seed');
    const named = (name: string) => `approval-${name}-${language}-${theme}`;
    await choose(team, server.url, language, theme);
    const admin = await other(browser, server.url, language, theme);
    await signIn(team, seeded.developer);
    await signIn(admin, seeded.admin);
    const name = `A bookshop with a long name 名称很长的书店 ${language}${theme}`;
    const id = await makeApplication(team, name);
    const here = `/console/applications/${id}/permissions`;
    const there = `/admin/approvals/${id}`;

    await team.goto(here);
    await look(team, info, named('draft'));
    await button(team, 'submit').click();
    await expect(team.locator('.field-error').first()).toBeVisible();
    await look(team, info, named('refused'));
    await fill(team);
    await team.locator('[name=document]').setInputFiles(HTML);
    await team.locator('[formenctype]').click();
    await expect(team.locator('.form-summary-link')).toHaveCount(1);
    await team.locator('[name=document]').setInputFiles(PDF);
    await team.locator('[formenctype]').click();
    await expect(team.locator('.papers-item')).toHaveCount(1);
    await look(team, info, named('complete'));
    await button(team, 'submit').click();
    await expect(button(team, 'submit')).toHaveCount(0);
    await look(team, info, named('submitted'));

    await admin.goto('/admin/approvals?order=newest');
    await look(admin, info, named('queue'));
    await admin.goto('/admin/approvals?q=nobody');
    await look(admin, info, named('queue-none'));
    await admin.goto(there);
    await look(admin, info, named('review'));
    await act(admin, 'start_review').click();
    await admin.locator('details:has([name="remarks[website]"]) summary').click();
    await admin.locator('[name="remarks[website]"]').fill(REMARK);
    await look(admin, info, named('decision'));
    await button(admin, 'approve').click();
    await expect(admin.locator('[name="remarks[website]"]')).toHaveValue(REMARK);
    await look(admin, info, named('decision-refused'));
    await button(admin, 'changes').click();

    await team.goto(here);
    await expect(team.locator('.remark')).toHaveCount(1);
    await look(team, info, named('changes'));
    await fill(team, 'https://books.example/shop');
    await button(team, 'submit').click();
    await admin.goto(there);
    await act(admin, 'start_review').click();
    await expect(admin.locator('ins.added')).toHaveCount(1);
    await look(admin, info, named('difference'));
    await admin.locator('[name="wanted[payments]"]').check();
    await button(admin, 'approve').click();
    await look(admin, info, named('approved-admin'));
    await team.goto(here);
    await look(team, info, named('approved'));

    await team.goto(`/console/applications/${id}/keys/live`);
    await look(team, info, named('live-keys-empty'));
    const form = team.locator('form[action="/ui/make_credential"]');
    await form.locator('[name=name]').fill('Kassenserver 收银服务器');
    await form.locator('button[type=submit]:not([aria-hidden])').first().click();
    const secret = (await team.locator('.fresh-secret .secret-value').innerText()).trim();
    expect(secret).toMatch(/^sk_live_/);
    await look(team, info, named('live-keys'));
    const apiKey = /ak_[0-9a-z]{26}/.exec(await team.locator('.fresh-secret').innerText())![0];
    const token = () => askForToken(team.request, { api_key: apiKey, api_secret: secret });
    expect((await token()).status()).toBe(200);

    await admin.locator('form[action="/ui/suspend_application"] [name=reason]').fill('Complaints of buyers. 买家投诉。');
    await act(admin, 'suspend_application').click();
    await look(admin, info, named('suspended-admin'));
    await team.goto(here);
    await look(team, info, named('suspended'));
    await team.goto(`/console/applications/${id}/payments`);
    await expect(team.locator('.banner-bad')).toBeVisible();
    expect((await (await token()).json()).error).toBe('unauthorized_client');
    await admin.context().close();
  });
}

test('a live token dies with the approval', async ({ browser, request, server }) => {
  const seeded = server.command('seed');
  const admin = await other(browser, server.url, 'en', 'light', false);
  const token = () => askForToken(request, seeded.live);
  const issued = await token();
  expect(issued.status()).toBe(200);
  const bearer = (await issued.json()).access_token;
  const call = async () =>
    (await request.get('/v1/payments/pay_00000000000000000000000000', { headers: { authorization: `Bearer ${bearer}` } })).status();
  expect(await call()).toBe(404);
  await signIn(admin, seeded.admin);
  await admin.goto(`/admin/approvals/${seeded.application.id}`);
  await admin.locator('form[action="/ui/suspend_application"] [name=reason]').fill('Complaints.');
  await act(admin, 'suspend_application').click();
  await expect.poll(call, { timeout: 1_000, intervals: [50] }).toBe(401);
  expect((await (await token()).json()).error).toBe('unauthorized_client');
  await admin.context().close();
});
