// A key pair made in the browser: the private half is saved as a file and leaves in no request, and the
// public half, once it is sent, verifies what the private one signs.

import { type KeyObject, createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Request } from '@playwright/test';
import { signIn } from '../support/newcomer.js';
import { signedHeaders } from '../support/signature.js';
import { expect, test } from '../support/test.js';

/** Everything that a request carries, as the text that somebody who reads along would search. */
async function carried(request: Request): Promise<string> {
  const body = request.postDataBuffer()?.toString('latin1') ?? '';
  const all = `${request.url()}\n${JSON.stringify(await request.allHeaders())}\n${body}`;
  let decoded = all;
  try {
    decoded = decodeURIComponent(all.replaceAll('+', ' '));
  } catch {
    // Not a form; then it is searched as it is.
  }
  return `${all}\n${decoded}`.replaceAll(/\s/g, '');
}

/** The secret parts of a key, in each of the spellings in which they could leave. */
function secretsOf(key: KeyObject): string[] {
  const { d, p, q } = key.export({ format: 'jwk' });
  const numbers = [d, p, q].filter((part) => part !== undefined).map((part) => Buffer.from(part, 'base64url'));
  const spellings = numbers.flatMap((bytes) => (['base64url', 'base64', 'hex', 'latin1'] as const).map((as) => bytes.toString(as)));
  const pem = key.export({ format: 'pem', type: 'pkcs8' }).toString();
  const lines = pem.split('\n').filter((line) => line.length === 64);
  return [...spellings, ...lines, 'PRIVATEKEY'];
}

for (const kind of ['rsa-2048', 'rsa-3072', 'ec-p256', 'ed25519']) {
  test(`a private ${kind} key stays with its maker and signs for the public one`, async ({ page, context, request, server }) => {
    const seeded = server.command('seed');
    const requests: Request[] = [];
    context.on('request', (made) => requests.push(made));
    await signIn(page, seeded.developer);
    await page.goto(`/console/applications/${seeded.application.id}/public-keys/new/sandbox`);
    const maker = page.locator('[data-key-maker]');
    await expect(maker).toHaveAttribute('data-key-maker', 'ready');
    await page.locator('#key-maker-kind').selectOption(kind);
    const download = page.waitForEvent('download');
    await page.locator('.key-maker-button').click();
    const file = await download;
    await expect(maker).toHaveAttribute('data-key-maker', 'done');
    expect(file.suggestedFilename()).toBe('tallyport-private-key.pem');
    const pem = readFileSync(await file.path(), 'utf8');
    const key = createPrivateKey(pem);
    const shown = await page.locator('[name=pem]').inputValue();
    expect(shown).toBe(createPublicKey(key).export({ format: 'pem', type: 'spki' }));

    const form = page.locator('form[action="/ui/add_public_key"]');
    await form.locator('[name=name]').fill(`Made here, ${kind}`);
    await form.locator('button[type=submit]:not([aria-hidden])').first().click();
    const link = page.locator('a[href*="/public-keys/pk_"]', { hasText: `Made here, ${kind}` });
    await expect(link).toBeVisible();
    const keyId = /pk_[0-9a-z]{26}/.exec((await link.getAttribute('href')) ?? '')![0];

    // The public key left, so what would carry the private one was watched.
    const texts = await Promise.all(requests.map(carried));
    expect(texts.some((text) => text.includes('BEGINPUBLICKEY'))).toBe(true);
    for (const secret of secretsOf(key)) expect(texts.filter((text) => text.includes(secret))).toEqual([]);

    const basic = Buffer.from(`${seeded.sandbox.api_key}:${seeded.sandbox.api_secret}`).toString('base64');
    const token = await request.post('/oauth/token', {
      form: { grant_type: 'client_credentials' },
      headers: { authorization: `Basic ${basic}` },
    });
    const authorization = `Bearer ${(await token.json()).access_token}`;
    const pay = (order: string, signed = order) => {
      const body = (order: string) => JSON.stringify({ order_id: order, amount: '1.00', currency: 'USD', method: 'card_ok' });
      const url = new URL('/v1/payments', server.url);
      const headers = { authorization, ...signedHeaders(url, body(signed), keyId, key) };
      return request.post(url.toString(), { data: Buffer.from(body(order)), headers });
    };
    expect((await pay(`A-${kind}`)).status()).toBe(201);
    const forged = await pay(`B-${kind}`, `C-${kind}`);
    expect([forged.status(), (await forged.json()).code]).toEqual([401, 'signature_invalid']);
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a pair is made by hand, and its public key is pasted', async ({ page, server }) => {
    const seeded = server.command('seed');
    await signIn(page, seeded.developer);
    await page.goto(`/console/applications/${seeded.application.id}/public-keys/new/sandbox`);
    await expect(page.getByText('openssl genpkey')).toBeVisible();
    await expect(page.locator('.key-maker-button')).toBeHidden();
  });
});
