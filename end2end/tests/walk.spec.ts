// From an empty browser to a captured payment, on both databases.

import type { Locator } from '@playwright/test';
import { expect, test } from '../support/test.js';
import { type Database, Server } from '../support/server.js';

/** So many clicks lead from the sign-up form to the keys of the first application. */
const CLICKS_MAX = 4;

test.use({ locale: 'en-GB' });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a newcomer signs up, has keys after four clicks and captures a payment', async ({ page }, info) => {
      const email = `ada-${info.parallelIndex}-${javaScriptEnabled}@example.com`;
      await page.goto('/');
      await page.getByRole('link', { name: 'Create account' }).first().click();
      await page.getByLabel('Name').fill('Ada');
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password').fill('correct horse battery');
      await page.getByRole('main').getByRole('button', { name: 'Create account' }).click();

      await expect(page.getByText(email)).toBeVisible();
      let clicks = 0;
      const click = async (what: Locator) => {
        clicks += 1;
        await what.click();
      };
      await click(page.getByRole('link', { name: 'Open the local mailbox' }));
      await click(page.locator(`[data-recipient="${email}"] a`).first());
      await click(page.getByRole('button', { name: 'Verify and go to the console' }));
      await click(page.getByRole('main').getByRole('button', { name: 'Show my keys' }));
      const secret = page.getByText(/sk_sandbox_[0-9A-Za-z]{49}/);
      await expect(secret.first()).toBeAttached();
      await expect(page.locator('.fresh-secret').getByText(/ak_[0-9a-z]{26}/).first()).toBeVisible();
      expect(clicks).toBeLessThanOrEqual(CLICKS_MAX);
      await page.reload();
      await expect(secret).toHaveCount(0);

      await page.getByRole('link', { name: 'Try it' }).first().click();
      await page.getByLabel('order_id').fill('A-1001');
      await page.getByRole('button', { name: 'Sign and send', exact: true }).click();
      await expect(page.getByText('201 Created', { exact: true })).toBeVisible();
      await expect(page.getByText(/pay_[0-9a-z]{26}/).first()).toBeVisible();

      await page.goto('/console');
      await page.getByRole('link', { name: /pay_|A-1001/ }).first().click();
      await expect(page).toHaveURL(/\/console\/payments\/pay_[0-9a-z]{26}$/);
      await expect(page.getByText('Captured').first()).toBeVisible();
      await expect(page.getByText('100.00').first()).toBeVisible();
    });
  });
}

test('a wrong form keeps what was typed and says what is wrong beside the field', async ({ page }) => {
  await page.goto('/signup');
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Email').fill('nobody');
  await page.getByLabel('Password').fill('short');
  await page.locator('form').evaluateAll((forms) => forms.forEach((form) => ((form as HTMLFormElement).noValidate = true)));
  await page.getByRole('main').getByRole('button', { name: 'Create account' }).click();
  const email = page.getByLabel('Email');
  await expect(email).toHaveValue('nobody');
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Password')).toHaveValue('');
  await expect(page.getByText(/at least 10 characters/i).first()).toBeVisible();
});

test('the console sends strangers to sign in and back again', async ({ page }) => {
  await page.goto('/console/applications');
  await expect(page).toHaveURL(/\/signin\?return_to=/);
});

test('the printed link makes one administrator, once', async ({ page, context }, info) => {
  // A server of its own: on one where somebody else became administrator, the link is dead already.
  const server = await Server.start(info.project.metadata.database as Database);
  try {
    await page.goto(server.administratorLink);
    await page.getByLabel('Name').fill('Root');
    await page.getByLabel('Email').fill('root@example.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('main').getByRole('button', { name: 'Create administrator' }).click();
    await expect(page).toHaveURL(/\/console/);
    await context.clearCookies();
    await page.goto(server.administratorLink);
    await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
  } finally {
    await server.stop();
  }
});
