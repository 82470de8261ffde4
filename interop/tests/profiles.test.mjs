// The two profiles and the public client, chosen on the application's page and held to by openid-client.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { exportSPKI, generateKeyPair } from 'jose';
import * as oidc from 'openid-client';

import { REDIRECT_URI, addPublicKey, buyer, decide, developer, setClient, setRedirectUri, start } from '../support/server.mjs';

let server;
let portal;
let holder;
let keys;

before(async () => {
  server = await start();
  portal = await developer(server);
  await setRedirectUri(server, portal);
  keys = await generateKeyPair('ES256', { extractable: true });
  await addPublicKey(server, portal, await exportSPKI(keys.publicKey));
  holder = await buyer(server);
});

beforeEach(() => setClient(server, portal, {}));

after(() => server?.stop());

async function discover(authentication) {
  const execute = [oidc.allowInsecureRequests];
  return oidc.discovery(new URL(server.url), server.sandbox.api_key, undefined, authentication, { execute });
}

async function asking() {
  const verifier = oidc.randomPKCECodeVerifier();
  const parameters = {
    redirect_uri: REDIRECT_URI,
    scope: 'openid offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  return { parameters, checks: { pkceCodeVerifier: verifier, idTokenExpected: true } };
}

test('a public client shows nothing but PKCE, and has no token for itself', async () => {
  await setClient(server, portal, { kind: 'public' });
  const config = await discover(oidc.None());
  const { parameters, checks } = await asking();
  const back = await decide(holder, oidc.buildAuthorizationUrl(config, parameters));
  const tokens = await oidc.authorizationCodeGrant(config, back, checks);
  assert.equal(tokens.claims().sub, server.sandbox.buyer.id);
  assert.ok((await oidc.refreshTokenGrant(config, tokens.refresh_token)).access_token);
  await assert.rejects(oidc.clientCredentialsGrant(config, {}), { error: 'unauthorized_client' });
});

test('a confidential client does not come without its secret', async () => {
  const refused = { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 };
  const config = await discover(oidc.None());
  await assert.rejects(oidc.initiateDeviceAuthorization(config, { scope: 'openid' }), refused);
});

test('FAPI 2.0 takes pushed requests, signed assertions and bound tokens', async () => {
  await setClient(server, portal, { profile: 'fapi2' });
  const config = await discover(oidc.PrivateKeyJwt(keys.privateKey));
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'));
  const { parameters, checks } = await asking();
  const url = await oidc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
  const tokens = await oidc.authorizationCodeGrant(config, await decide(holder, url), checks, undefined, { DPoP });
  assert.equal(tokens.token_type, 'dpop');
  const again = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  assert.equal(again.refresh_token ?? tokens.refresh_token, tokens.refresh_token, 'nothing rotates');
});

test('FAPI 2.0 refuses everything else', async () => {
  await setClient(server, portal, { profile: 'fapi2' });
  const challenged = { code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE', status: 401 };
  const bySecret = await discover(oidc.ClientSecretBasic(server.sandbox.api_secret));
  await assert.rejects(oidc.clientCredentialsGrant(bySecret, {}), challenged);
  const config = await discover(oidc.PrivateKeyJwt(keys.privateKey));
  await assert.rejects(oidc.clientCredentialsGrant(config, {}), { error: 'invalid_dpop_proof' });
  const { parameters } = await asking();
  const unpushed = await holder.get(oidc.buildAuthorizationUrl(config, parameters));
  assert.equal(unpushed.location, '/consent?refused=invalid_request');
});

test('the nonce that a client demands is fetched and used by itself', async () => {
  await setClient(server, portal, { demands_dpop_nonce: 'yes' });
  const config = await discover(oidc.ClientSecretBasic(server.sandbox.api_secret));
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'));
  const { parameters, checks } = await asking();
  const back = await decide(holder, oidc.buildAuthorizationUrl(config, parameters));
  const tokens = await oidc.authorizationCodeGrant(config, back, checks, undefined, { DPoP });
  const about = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP });
  assert.equal(about.sub, server.sandbox.buyer.id);
});
