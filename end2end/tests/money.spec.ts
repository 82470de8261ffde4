// Money as people see it: a payer on the hosted pages, a developer in the console.

import { lookIn } from '../support/look.js';
import { Partner, openShop } from '../support/partner.js';
import { LOOKS, type Page, expect, test } from '../support/test.js';

test.use({ locale: 'en-GB' });

async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  // By field names, which are the same in every language.
  await page.goto('/signin');
  await page.locator('[name=email]').fill(who.email);
  await page.locator('[name=password]').fill(who.password);
  await page.locator('main form button[type=submit]').first().click();
  await expect(page).toHaveURL(/\/console$/);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a payer authenticates and is led back to the shop', async ({ page, server }) => {
      const partner = await Partner.seeded(server);
      const shop = await openShop();
      try {
        const payment = await partner.post('/v1/payments', {
          order_id: 'A-1', amount: '100.00', currency: 'USD', method: 'card_3ds_required', return_url: shop.url,
        });
        await page.goto(payment.next_action.url);
        await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
        await expect(page.getByText('100.00')).toBeVisible();
        await page.getByRole('button', { name: 'Confirm and pay' }).click();
        await expect(page).toHaveURL(shop.url);
        await expect(page.getByText('Thank you')).toBeVisible();
        expect(await partner.status(payment.id)).toBe('captured');
        await page.goto(payment.next_action.url);
        await expect(page.getByRole('heading', { name: 'Payment made' })).toBeVisible();
      } finally {
        shop.close();
      }
    });

    test('a payer scans a code, confirms on the phone and goes on at the desk', async ({ page, context, server }) => {
      const partner = await Partner.seeded(server);
      const shop = await openShop();
      try {
        const payment = await partner.post('/v1/payments', {
          order_id: 'A-1', amount: '88.00', currency: 'CNY', channel: 'wechat_pay', scene: 'qr',
          sandbox_outcome: 'requires_action', return_url: shop.url,
        });
        await page.goto(payment.next_action.url);
        await expect(page.getByRole('img', { name: /Code/ })).toBeVisible();
        await page.getByRole('link', { name: 'I have paid' }).click();
        await expect(page.getByRole('heading', { name: 'Scan to pay' })).toBeVisible();
        const phone = await context.newPage();
        await phone.goto(`${payment.next_action.url}/wallet`);
        await phone.getByRole('button', { name: 'Confirm and pay' }).click();
        await expect(phone.getByText('device that showed the code')).toBeVisible();
        await page.getByRole('link', { name: 'I have paid' }).click();
        await page.getByRole('link', { name: /^Back to/ }).click();
        await expect(page).toHaveURL(shop.url);
        expect(await partner.status(payment.id)).toBe('captured');
      } finally {
        shop.close();
      }
    });

    test('a developer tops up, takes a payment, refunds a part of it and finds it all in the book', async ({ page, server }) => {
      const partner = await Partner.seeded(server);
      await partner.post('/v1/payments', { order_id: 'A-1', amount: '100.00', currency: 'USD', method: 'card_ok' });
      await signIn(page, partner.developer);
      await page.goto(`/console/applications/${partner.application}/payments`);
      await page.getByRole('link', { name: 'A-1' }).click();
      await page.getByRole('link', { name: 'Refund', exact: true }).click();
      const sent: string[] = [];
      page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));
      await page.getByLabel('Amount (USD)').fill('100.01');
      // Nobody was asked yet, so this sends nothing: the refused post below is the only one.
      await page.getByLabel('Amount (USD)').press('Enter');
      await page.getByRole('button', { name: 'Refund' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Refund' }).click();
      await expect(page.getByLabel('Amount (USD)')).toHaveAttribute('aria-invalid', 'true');
      expect(sent).toEqual(['/ui/make_refund']);
      await page.getByLabel('Amount (USD)').fill('40.00');
      await page.getByRole('button', { name: 'Refund' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Refund' }).click();
      await expect(page.getByText('The refund was made')).toBeVisible();

      await page.goto(`/console/applications/${partner.application}/top-ups`);
      await page.getByRole('button', { name: 'Make a top-up' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Make a top-up' }).click();
      await expect(page.getByText('The top-up was made')).toBeVisible();

      await page.goto(`/console/applications/${partner.application}/balances`);
      await page.getByRole('link', { name: 'USD' }).click();
      await expect(page.getByRole('cell', { name: '160.00' })).toBeVisible();
    });

    test('a developer lets the sandbox stand still and moves it ahead', async ({ page, server }) => {
      const partner = await Partner.seeded(server);
      await signIn(page, partner.developer);
      await page.goto(`/console/applications/${partner.application}/clock`);
      await expect(page.getByText('Running')).toBeVisible();
      await page.getByRole('button', { name: 'Let it stand still' }).click();
      await expect(page.getByText('Standing still')).toBeVisible();
      const shown = page.locator('time').first();
      const before = Date.parse((await shown.getAttribute('datetime')) ?? '');
      await page.locator('[name=by]').selectOption('week');
      await page.getByRole('button', { name: 'Move ahead' }).click();
      await expect(page.getByText('The clock was moved')).toBeVisible();
      expect(Date.parse((await shown.getAttribute('datetime')) ?? '') - before).toBe(7 * 86_400_000);
    });
  });
}

for (const { language, theme } of LOOKS) {
  test(`pages of payers and money, ${language}, ${theme}`, async ({ page, server }, info) => {
    test.setTimeout(120_000);
    const partner = await Partner.seeded(server);
    const card = await partner.post('/v1/payments', {
      order_id: 'A-1', amount: '1250.50', currency: 'USD', method: 'card_3ds_required', description: 'Two books 两本书',
    });
    const code = await partner.post('/v1/payments', {
      order_id: 'A-2', amount: '88.00', currency: 'CNY', channel: 'wechat_pay', scene: 'qr', sandbox_outcome: 'requires_action',
    });
    const paid = await partner.post('/v1/payments', { order_id: 'A-3', amount: '100.00', currency: 'USD', method: 'card_ok' });
    const refund = await partner.post('/v1/refunds', { payment_id: paid.id, amount: '40.00', currency: 'USD' });
    await partner.post('/v1/top_ups', { amount: '900.00', currency: 'USD' });
    await partner.post('/v1/withdrawals', { amount: '250.00', currency: 'USD', sandbox_outcome: 'never_answers' });
    const see = (name: string, path: string) => lookIn(page, info, server.url, language, theme, name, path);
    await see('payer-card', `/pay/${card.id}`);
    await see('payer-code', `/pay/${code.id}`);
    await see('payer-done', `/pay/${paid.id}`);
    await signIn(page, partner.developer);
    const application = `/console/applications/${partner.application}`;
    await see('payments', `${application}/payments`);
    await see('payment', `/console/payments/${paid.id}`);
    await see('refund-form', `/console/payments/${paid.id}/refund`);
    await see('movement', `/console/movements/${refund.id}`);
    await see('withdrawals', `${application}/withdrawals`);
    await see('transfers', `${application}/transfers`);
    await see('balances', `${application}/balances`);
    await see('ledger', `${application}/ledger`);
    await see('clock', `${application}/clock`);
    await page.context().clearCookies({ name: 'tallyport' });
    await signIn(page, partner.administrator);
    await see('admin-money', '/admin/money');
  });
}
