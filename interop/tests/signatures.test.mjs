// http-message-signatures (RFC 9421) signs what the open API takes, and checks what the platform answers.

import assert from 'node:assert/strict';
import * as crypto from 'node:crypto';
import { after, before, test } from 'node:test';

import { createSigner, createVerifier, httpbis } from 'http-message-signatures';

import { addPublicKey, clientToken, developer, start } from '../support/server.mjs';

const COVERED = ['@method', '@authority', '@path', 'content-digest', 'idempotency-key'];
const PARAMETERS = ['created', 'nonce', 'keyid', 'alg', 'tag'];

let server;
let token;
let rsa;
let p256;
let ed25519;
let signers;

before(async () => {
  server = await start();
  const portal = await developer(server);
  const { api_key, api_secret } = server.sandbox;
  const register = async (pair) => {
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' });
    return { id: await addPublicKey(server, portal, pem), privateKey: pair.privateKey };
  };
  rsa = await register(crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }));
  p256 = await register(crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  ed25519 = await register(crypto.generateKeyPairSync('ed25519'));
  signers = {
    'hmac-sha256': createSigner(api_secret, 'hmac-sha256', api_key),
    'rsa-v1_5-sha256': createSigner(rsa.privateKey, 'rsa-v1_5-sha256', rsa.id),
    'rsa-pss-sha512': pss(rsa, 64),
    'ecdsa-p256-sha256': createSigner(p256.privateKey, 'ecdsa-p256-sha256', p256.id),
    ed25519: createSigner(ed25519.privateKey, 'ed25519', ed25519.id),
  };
  token = await clientToken(server);
});

after(() => server?.stop());

// The library's own signer makes the salt as long as fits; RFC 9421 (3.3.1) wants 64 bytes.
function pss({ id, privateKey }, saltLength) {
  const options = { key: privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength };
  return { id, alg: 'rsa-pss-sha512', sign: async (data) => crypto.sign('sha512', data, options) };
}

const digestOf = (body) => `sha-256=:${crypto.createHash('sha256').update(body).digest('base64')}:`;

function payment() {
  const order = crypto.randomUUID();
  const body = JSON.stringify({ order_id: order, amount: '100.00', currency: 'USD', method: 'card_ok' });
  return {
    method: 'POST',
    url: `${server.url}/v1/payments`,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-digest': digestOf(body),
      'idempotency-key': order,
    },
    body,
  };
}

function sign(request, key, { fields = COVERED, ...values } = {}) {
  const paramValues = { nonce: crypto.randomUUID(), tag: 'tallyport', ...values };
  return httpbis.signMessage({ key, name: 'sig', fields, params: PARAMETERS, paramValues }, request);
}

async function send({ url, method, headers, body }) {
  const response = await fetch(url, { method, headers, body });
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), body: text, json: JSON.parse(text) };
}

async function assertRefused(request, code = 'signature_invalid') {
  const answer = await send(request);
  assert.deepEqual([answer.status, answer.json.code], [401, code]);
}

/** What a careful partner does with an answer: signature, coverage and digest. */
async function isAuthentic(answer, request) {
  const { keys } = await (await fetch(`${server.url}/.well-known/jwks.json`)).json();
  const keyLookup = async ({ keyid }) => {
    const jwk = keys.find((key) => key.kid === keyid);
    const key = jwk && crypto.createPublicKey({ key: jwk, format: 'jwk' });
    return key && { id: keyid, algs: ['ecdsa-p256-sha256'], verify: createVerifier(key, 'ecdsa-p256-sha256') };
  };
  const required = { requiredFields: ['@status', 'content-digest', '@method', '@path'], requiredParams: ['created', 'tag'] };
  const isSigned = await httpbis.verifyMessage({ keyLookup, tolerance: 5, ...required }, answer, request);
  return isSigned === true && answer.headers['content-digest'] === digestOf(answer.body);
}

for (const name of ['hmac-sha256', 'rsa-v1_5-sha256', 'rsa-pss-sha512', 'ecdsa-p256-sha256', 'ed25519']) {
  test(`${name}: a signed payment is taken, once`, async () => {
    const signed = await sign(payment(), signers[name]);
    const answer = await send(signed);
    assert.deepEqual([answer.status, answer.json.status], [201, 'captured']);
    assert.equal(await isAuthentic(answer, signed), true);
    await assertRefused({ ...signed, headers: { ...signed.headers, 'idempotency-key': 'another' } });
    await assertRefused(signed);
  });

  test(`${name}: what was changed on the way is refused`, async () => {
    const fresh = () => sign(payment(), signers[name]);
    const changed = async (change) => {
      const signed = await fresh();
      return { ...signed, ...change(signed), headers: { ...signed.headers, ...change(signed).headers } };
    };
    const richer = (body) => body.replace('100.00', '900.00');
    await assertRefused(await changed(({ body }) => ({ body: richer(body) })));
    await assertRefused(
      await changed(({ body }) => ({ body: richer(body), headers: { 'content-digest': digestOf(richer(body)) } })),
    );
    await assertRefused(await changed(() => ({ url: `${server.url}/v1/transfers` })));
    await assertRefused(await changed(() => ({ url: `${server.url}/v1/payments?x=1` })));
    await assertRefused(await changed(() => ({ headers: { 'idempotency-key': 'another' } })));
    const nonce = (input) => input.replace(/nonce="[^"]+"/, `nonce="${crypto.randomUUID()}"`);
    await assertRefused(
      await changed(({ headers }) => ({ headers: { 'Signature-Input': nonce(headers['Signature-Input']) } })),
    );
  });
}

test('a query is covered too', async () => {
  const request = { method: 'GET', url: `${server.url}/v1/payments?limit=2`, headers: { authorization: `Bearer ${token}` } };
  const fields = ['@method', '@authority', '@path', '@query'];
  const signed = await sign(request, signers['hmac-sha256'], { fields });
  const answer = await send(signed);
  assert.equal(answer.status, 200);
  assert.equal(await isAuthentic(answer, signed), true);
  const other = await sign(request, signers['hmac-sha256'], { fields });
  await assertRefused({ ...other, url: `${server.url}/v1/payments?limit=3` });
  await assertRefused(await sign(request, signers['hmac-sha256'], { fields: fields.slice(0, 3) }));
});

test('every part that has to be covered is missed', async () => {
  for (const left of COVERED) {
    const fields = COVERED.filter((field) => field !== left);
    await assertRefused(await sign(payment(), signers['ed25519'], { fields }));
  }
  await assertRefused(payment(), 'signature_missing');
});

test('keys, algorithms and times of others are refused', async () => {
  const stranger = crypto.generateKeyPairSync('ed25519').privateKey;
  await assertRefused(await sign(payment(), createSigner(stranger, 'ed25519', ed25519.id)));
  await assertRefused(await sign(payment(), createSigner(p256.privateKey, 'ecdsa-p256-sha256', rsa.id)));
  await assertRefused(await sign(payment(), createSigner(server.sandbox.api_secret, 'hmac-sha256', rsa.id)));
  const publicPem = crypto.createPublicKey(rsa.privateKey).export({ type: 'spki', format: 'pem' });
  await assertRefused(await sign(payment(), createSigner(publicPem, 'hmac-sha256', rsa.id)));
  await assertRefused(await sign(payment(), createSigner(rsa.privateKey, 'rsa-v1_5-sha256', server.sandbox.api_key)));
  await assertRefused(await sign(payment(), pss(rsa, 32)));
  await assertRefused(await sign(payment(), signers['ed25519'], { alg: 'rsa-v1_5-sha256' }));
  await assertRefused(await sign(payment(), signers['ed25519'], { tag: 'another' }));
  for (const seconds of [-310, 310]) {
    await assertRefused(await sign(payment(), signers['ed25519'], { created: new Date(Date.now() + seconds * 1000) }));
  }
});

test('an answer that was changed on the way is found out', async () => {
  const signed = await sign(payment(), signers['hmac-sha256']);
  const answer = await send(signed);
  assert.equal(await isAuthentic(answer, signed), true);
  assert.equal(await isAuthentic({ ...answer, status: 200 }, signed), false);
  assert.equal(await isAuthentic(answer, { ...signed, method: 'PUT' }), false);
  assert.equal(await isAuthentic(answer, { ...signed, url: `${server.url}/v1/refunds` }), false);
  const body = answer.body.replace('100.00', '900.00');
  assert.equal(await isAuthentic({ ...answer, body }, signed), false);
  const headers = { ...answer.headers, 'content-digest': digestOf(body) };
  assert.equal(await isAuthentic({ ...answer, body, headers }, signed), false);
});

test('a refusal is the platform’s own, too', async () => {
  const request = { ...payment(), headers: { ...payment().headers, authorization: 'Bearer nonsense' } };
  const answer = await send(request);
  assert.equal(answer.status, 401);
  assert.equal(await isAuthentic(answer, request), true);
});
