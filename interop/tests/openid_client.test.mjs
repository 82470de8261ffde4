// openid-client, as a relying party uses it: found by discovery, configured by nothing but its documentation.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import * as oidc from 'openid-client';

import { REDIRECT_URI, addPublicKey, buyer, decide, developer, setRedirectUri, start } from '../support/server.mjs';

let server;
let holder;
let keys;

before(async () => {
  server = await start();
  const portal = await developer(server);
  await setRedirectUri(server, portal);
  const { exportSPKI, generateKeyPair } = await import('jose');
  keys = await generateKeyPair('ES256', { extractable: true });
  await addPublicKey(server, portal, await exportSPKI(keys.publicKey));
  holder = await buyer(server);
});

after(() => server?.stop());

/** The client's configuration, with a way to show who it is. */
async function discover(authentication = oidc.ClientSecretBasic(server.sandbox.api_secret), algorithm = 'oidc') {
  return oidc.discovery(new URL(server.url), server.sandbox.api_key, undefined, authentication, {
    algorithm,
    execute: [oidc.allowInsecureRequests],
  });
}

async function asking(config, more = {}) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const parameters = {
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile email payments:read offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  };
  return { parameters, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true } };
}

async function codeFlow(config, options) {
  const { parameters, checks } = await asking(config);
  const back = await decide(holder, oidc.buildAuthorizationUrl(config, parameters));
  return oidc.authorizationCodeGrant(config, back, checks, undefined, options);
}

test('both discovery documents are taken', async () => {
  for (const algorithm of ['oidc', 'oauth2']) {
    const metadata = (await discover(undefined, algorithm)).serverMetadata();
    assert.equal(metadata.issuer, server.url);
    assert.ok(metadata.supportsPKCE());
  }
});

test('code with PKCE gives tokens, an ID token that is checked, and userinfo of the same person', async () => {
  const config = await discover();
  const tokens = await codeFlow(config);
  const claims = tokens.claims();
  assert.equal(claims.sub, server.sandbox.buyer.id);
  const about = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.equal(about.email, server.sandbox.buyer.email);
});

test('refresh tokens rotate', async () => {
  const config = await discover();
  const first = await codeFlow(config);
  const second = await oidc.refreshTokenGrant(config, first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  const third = await oidc.refreshTokenGrant(config, second.refresh_token);
  assert.ok(third.access_token);
  await assert.rejects(oidc.refreshTokenGrant(config, first.refresh_token), { error: 'invalid_grant' });
  // Whoever comes with an old token ends them all.
  await assert.rejects(oidc.refreshTokenGrant(config, third.refresh_token), { error: 'invalid_grant' });
});

test('a pushed request carries the parameters', async () => {
  const config = await discover();
  const { parameters, checks } = await asking(config);
  const url = await oidc.buildAuthorizationUrlWithPAR(config, parameters);
  assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri']);
  const tokens = await oidc.authorizationCodeGrant(config, await decide(holder, url), checks);
  assert.ok(tokens.access_token);
});

test('DPoP binds the tokens to a key', async () => {
  const config = await discover();
  const key = await oidc.randomDPoPKeyPair('ES256');
  const DPoP = oidc.getDPoPHandle(config, key);
  const tokens = await codeFlow(config, { DPoP });
  assert.equal(tokens.token_type, 'dpop');
  const about = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP });
  assert.equal(about.sub, server.sandbox.buyer.id);
  await assert.rejects(oidc.fetchUserInfo(config, tokens.access_token, about.sub), 'as a bearer it is worth nothing');
  const next = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  assert.equal(next.token_type, 'dpop');
});

test('private_key_jwt shows who the client is', async () => {
  const config = await discover(oidc.PrivateKeyJwt(keys.privateKey));
  const tokens = await codeFlow(config);
  assert.equal(tokens.claims().sub, server.sandbox.buyer.id);
  const own = await oidc.clientCredentialsGrant(config, { scope: 'payments:read' });
  assert.equal(own.scope, 'payments:read');
});

test('client_secret_post works, and a wrong secret does not', async () => {
  const own = await oidc.clientCredentialsGrant(await discover(oidc.ClientSecretPost(server.sandbox.api_secret)), {});
  assert.ok(own.scope.split(' ').includes('payments:write'));
  const wrong = await discover(oidc.ClientSecretBasic('sk_sandbox_wrong'));
  const refused = { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 };
  await assert.rejects(oidc.clientCredentialsGrant(wrong, {}), refused);
});

test('a revoked token is not active any more', async () => {
  const config = await discover();
  const tokens = await codeFlow(config);
  const before = await oidc.tokenIntrospection(config, tokens.access_token);
  assert.equal(before.active, true);
  assert.equal(before.sub, server.sandbox.buyer.id);
  await oidc.tokenRevocation(config, tokens.refresh_token);
  assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, false);
  await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' });
});

test('a device waits until its user has decided', async () => {
  const config = await discover();
  const device = await oidc.initiateDeviceAuthorization(config, { scope: 'openid' });
  assert.equal((await holder.get(device.verification_uri_complete)).status, 200);
  const waiting = oidc.pollDeviceAuthorizationGrant(config, device);
  const answer = await holder.post('/ui/decide_device', { user_code: device.user_code, decision: 'allow' });
  assert.equal(answer.location, '/device?notice=allowed');
  assert.equal((await waiting).claims().sub, server.sandbox.buyer.id);
});

test('what the holder refuses is told to the client', async () => {
  const config = await discover();
  const { parameters, checks } = await asking(config);
  const back = await decide(holder, oidc.buildAuthorizationUrl(config, parameters), 'refuse');
  await assert.rejects(oidc.authorizationCodeGrant(config, back, checks), { error: 'access_denied' });
});

test('a code works once, and its replay ends what it gave', async () => {
  const config = await discover();
  const { parameters, checks } = await asking(config);
  const back = await decide(holder, oidc.buildAuthorizationUrl(config, parameters));
  const tokens = await oidc.authorizationCodeGrant(config, back, checks);
  await assert.rejects(oidc.authorizationCodeGrant(config, back, checks), { error: 'invalid_grant' });
  assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, false);
});

test('payment details come back with the tokens', async () => {
  const config = await discover();
  const details = [{ type: 'payment', amount: '30.00', currency: 'USD', payee: 'bakery' }];
  const { parameters, checks } = await asking(config, { authorization_details: JSON.stringify(details) });
  const url = await oidc.buildAuthorizationUrlWithPAR(config, parameters);
  const tokens = await oidc.authorizationCodeGrant(config, await decide(holder, url), checks);
  assert.deepEqual(tokens.authorization_details, details.map((one) => ({ ...one })));
});
