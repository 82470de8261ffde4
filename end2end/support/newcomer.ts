// A person with an account and an application, made through the portal's own forms.

import { type Page, expect } from '@playwright/test';

const PASSWORD = 'correct horse battery';
let count = 0;

/** Signs up and verifies the address; ends on the console. Works in every language, because it goes by field names. */
export async function signUp(page: Page, name = 'Ada'): Promise<string> {
  const email = `${name.toLowerCase()}-${process.pid}-${++count}@example.com`;
  await page.goto('/signup');
  await page.locator('[name=name]').fill(name);
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill(PASSWORD);
  await page.locator('main form button[type=submit]').click();
  await expect(page).toHaveURL(/\/verify$/);
  await openMailedLink(page, email);
  await page.locator('main form button[type=submit]').click();
  await expect(page).toHaveURL(/\/console$/);
  return email;
}

/** Signs in with a password alone; ends on the console. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto('/signin');
  await page.locator('[name=email]').fill(person.email);
  await page.locator('[name=password]').fill(person.password);
  await page.locator('main form button[type=submit]').first().click();
  await expect(page).toHaveURL(/\/console/);
}

/** Opens the link in the newest mail to an address, as the local mailbox shows it. */
export async function openMailedLink(page: Page, email: string): Promise<void> {
  await page.goto('/dev/mail');
  await page.locator(`[data-recipient="${email}"] a`).first().click();
}

/** Makes an application; ends on the page that shows its secret, and returns its id. */
export async function makeApplication(page: Page, name = 'Bookshop'): Promise<string> {
  await page.goto('/console/applications/new');
  await page.locator('[name=name]').fill(name);
  await page.locator('main form button[type=submit]').click();
  await expect(page).toHaveURL(/\/console\/applications\/app_/);
  const id = /app_[0-9a-z]{26}/.exec(page.url())?.[0];
  if (!id) throw new Error(`no application in ${page.url()}`);
  return id;
}

/** Makes a payment by "try it"; ends on its result, and returns the payment's id. */
export async function tryPayment(page: Page, application: string, order: string): Promise<string> {
  await page.goto(`/console/applications/${application}/try`);
  await page.locator('[name=order_id]').fill(order);
  await page.locator('main form button[type=submit]').first().click();
  const payment = page.locator('a[href*="/console/payments/pay_"]').first();
  await expect(payment).toBeVisible();
  const id = /pay_[0-9a-z]{26}/.exec((await payment.getAttribute('href')) ?? '')?.[0];
  if (!id) throw new Error('the result names no payment');
  return id;
}
