// jose encrypts calls to the platform and opens what the platform encrypts (RFC 7516).

import assert from 'node:assert/strict';
import * as crypto from 'node:crypto';
import { after, before, test } from 'node:test';

import { createSigner, httpbis } from 'http-message-signatures';
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose';

import { addPublicKey, clientToken, developer, start } from '../support/server.mjs';

const JOSE = 'application/jose';

let server;
let token;
let own;
let published;
let platformKey;

before(async () => {
  server = await start();
  token = await clientToken(server);
  own = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = own.publicKey.export({ type: 'spki', format: 'pem' });
  await addPublicKey(server, await developer(server), pem, 'encryption');
  const { keys } = await (await fetch(`${server.url}/.well-known/jwks.json`)).json();
  published = keys.find((key) => key.use === 'enc');
  assert.equal(published.alg, 'RSA-OAEP-256');
  platformKey = await importJWK(published);
});

after(() => server?.stop());

const payment = () => ({ order_id: crypto.randomUUID(), amount: '100.00', currency: 'USD', method: 'card_ok' });

function encrypted(value, header = {}, key = platformKey) {
  const protectedHeader = { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: published.kid, ...header };
  const bytes = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  return new CompactEncrypt(bytes).setProtectedHeader(protectedHeader).encrypt(key);
}

/** Sends a signed call: the signature and the digest are over the body as it leaves. */
async function send(body, headers = {}) {
  const digest = crypto.createHash('sha256').update(body).digest('base64');
  const request = {
    method: 'POST',
    url: `${server.url}/v1/payments`,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': JOSE,
      'content-digest': `sha-256=:${digest}:`,
      'idempotency-key': crypto.randomUUID(),
      ...headers,
    },
  };
  const signed = await httpbis.signMessage(
    {
      key: createSigner(server.sandbox.api_secret, 'hmac-sha256', server.sandbox.api_key),
      fields: ['@method', '@authority', '@path', 'content-digest', 'idempotency-key'],
      params: ['created', 'nonce', 'keyid', 'alg', 'tag'],
      paramValues: { nonce: crypto.randomUUID(), tag: 'tallyport' },
    },
    request,
  );
  const answer = await fetch(request.url, { method: 'POST', headers: signed.headers, body });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), digest: answer.headers.get('content-digest'), text };
}

async function opened({ text }) {
  const { plaintext, protectedHeader } = await compactDecrypt(text, own.privateKey);
  return { json: JSON.parse(new TextDecoder().decode(plaintext)), header: protectedHeader };
}

test('an encrypted payment is made, and its answer comes back encrypted', async () => {
  const asked = payment();
  const answer = await send(await encrypted(asked), { accept: JOSE });
  assert.deepEqual([answer.status, answer.type], [201, JOSE]);
  assert.equal(answer.digest, `sha-256=:${crypto.createHash('sha256').update(answer.text).digest('base64')}:`);
  const { json, header } = await opened(answer);
  assert.deepEqual([json.order_id, json.amount, json.status], [asked.order_id, '100.00', 'captured']);
  assert.deepEqual([header.alg, header.enc, header.cty], ['RSA-OAEP-256', 'A256GCM', 'json']);
});

test('either side may be in the clear', async () => {
  const plain = await send(await encrypted(payment()));
  assert.deepEqual([plain.status, JSON.parse(plain.text).status], [201, 'captured']);
  const asked = payment();
  const answer = await send(JSON.stringify(asked), { 'content-type': 'application/json', accept: JOSE });
  assert.equal((await opened(answer)).json.order_id, asked.order_id);
});

test('a refusal is encrypted, too', async () => {
  const answer = await send(await encrypted({ ...payment(), amount: '1' }), { accept: JOSE });
  assert.deepEqual([answer.status, answer.type], [400, JOSE]);
  const { json, header } = await opened(answer);
  assert.deepEqual([json.code, json.param, header.cty], ['amount_invalid', '/amount', 'problem+json']);
});

test('what is encrypted in another way or to another is refused', async () => {
  const stranger = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  const good = await encrypted(payment());
  const last = good.endsWith('A') ? 'Q' : 'A';
  for (const body of [
    await encrypted(payment(), { alg: 'RSA-OAEP' }, await importJWK({ ...published, alg: 'RSA-OAEP' })),
    await encrypted(payment(), { enc: 'A128GCM' }),
    await encrypted(payment(), { alg: 'dir' }, crypto.randomBytes(32)),
    await encrypted(payment(), { kid: 'key_00000000000000000000000000' }),
    await encrypted(payment(), { cty: 'JWT' }),
    await encrypted(payment(), {}, stranger),
    `${good.slice(0, -1)}${last}`,
  ]) {
    const answer = await send(body);
    assert.deepEqual([answer.status, JSON.parse(answer.text).code], [400, 'encryption_invalid']);
  }
  const nested = await send(await encrypted(good));
  assert.deepEqual([nested.status, JSON.parse(nested.text).code], [400, 'body_malformed']);
});
