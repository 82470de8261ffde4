// jose checks what the platform signs, by the keys that it publishes.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';

import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oidc from 'openid-client';

import { REDIRECT_URI, buyer, clientToken, decide, developer, setRedirectUri, start } from '../support/server.mjs';

let server;
let token;
let keySet;

before(async () => {
  server = await start();
  token = await clientToken(server);
  keySet = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`));
});

after(() => server?.stop());

const expected = ({ url } = server) => ({
  issuer: url,
  audience: url,
  typ: 'at+jwt',
  requiredClaims: ['exp', 'iat', 'nbf', 'jti', 'sub', 'client_id', 'scope'],
});

test('an access token is a JWT of RFC 9068', async () => {
  const { payload, protectedHeader } = await jwtVerify(token, keySet, expected());
  assert.equal(protectedHeader.alg, 'ES256');
  assert.equal(payload.sub, server.application.id);
  assert.equal(payload.client_id, server.sandbox.api_key);
  assert.equal(payload.exp - payload.iat, 600);
});

for (const algorithm of ['RS256', 'PS256', 'EdDSA']) {
  test(`access and ID tokens are signed with ${algorithm} where the operator says so`, async (context) => {
    const other = await start('--token-algorithm', algorithm);
    context.after(() => other.stop());
    const keys = createRemoteJWKSet(new URL(`${other.url}/.well-known/jwks.json`));
    const signed = await clientToken(other);
    const { protectedHeader } = await jwtVerify(signed, keys, { ...expected(other), algorithms: [algorithm] });
    assert.equal(protectedHeader.alg, algorithm);
    const answer = await fetch(`${other.url}/v1/application`, { headers: { authorization: `Bearer ${signed}` } });
    assert.equal(answer.status, 200);

    const { id_token, access_token } = await signIn(other, algorithm);
    const audience = other.sandbox.api_key;
    const { payload } = await jwtVerify(id_token, keys, { issuer: other.url, audience, algorithms: [algorithm] });
    assert.equal(payload.sub, other.sandbox.buyer.id);
    // The hash is the one of the signature: Ed25519 has SHA-512 inside (OpenID Connect Core, 3.1.3.6).
    const hash = createHash(algorithm === 'EdDSA' ? 'sha512' : 'sha256').update(access_token).digest();
    assert.equal(payload.at_hash, hash.subarray(0, hash.length / 2).toString('base64url'));
  });
}

/** The buyer's tokens for a client that takes ID tokens of this algorithm only, and checks their signatures. */
async function signIn(of, algorithm) {
  await setRedirectUri(of, await developer(of));
  const client = { client_secret: of.sandbox.api_secret, id_token_signed_response_alg: algorithm };
  const config = await oidc.discovery(new URL(of.url), of.sandbox.api_key, client, undefined, {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  });
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  return oidc.authorizationCodeGrant(config, await decide(await buyer(of), url), { pkceCodeVerifier, idTokenExpected: true });
}

test('every bit of it counts', async () => {
  const [header, claims, signature] = token.split('.');
  const other = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(claims, 'base64url')), scope: 'admin' }));
  await assert.rejects(jwtVerify(`${header}.${other.toString('base64url')}.${signature}`, keySet, expected()));
});

test('the key set names its keys and holds nothing private', async () => {
  const { keys } = await (await fetch(`${server.url}/.well-known/jwks.json`)).json();
  assert.ok(keys.some((key) => key.kid === decodeProtectedHeader(token).kid));
  assert.equal(new Set(keys.map((key) => key.kid)).size, keys.length);
  for (const key of keys) {
    assert.deepEqual(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].filter((member) => member in key), []);
    assert.ok(['sig', 'enc'].includes(key.use) && key.alg);
  }
});
