// oauth4webapi, step by step, with everything that FAPI 2.0 asks for at once: a pushed request, DPoP and
// private_key_jwt.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { exportSPKI } from 'jose';
import * as oauth from 'oauth4webapi';

import { REDIRECT_URI, addPublicKey, buyer, decide, developer, setRedirectUri, start } from '../support/server.mjs';

const plain = { [oauth.allowInsecureRequests]: true };

let server;
let holder;
let as;
let client;
let authentication;

before(async () => {
  server = await start();
  const portal = await developer(server);
  await setRedirectUri(server, portal);
  const keys = await oauth.generateKeyPair('ES256', { extractable: true });
  await addPublicKey(server, portal, await exportSPKI(keys.publicKey));
  holder = await buyer(server);
  const issuer = new URL(server.url);
  as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...plain }));
  client = { client_id: server.sandbox.api_key };
  authentication = oauth.PrivateKeyJwt(keys.privateKey);
});

after(() => server?.stop());

test('a pushed, bound and signed flow from beginning to end', async () => {
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const asked = new URLSearchParams({
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid profile offline_access',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const pushed = await oauth.processPushedAuthorizationResponse(
    as,
    client,
    await oauth.pushedAuthorizationRequest(as, client, authentication, asked, { DPoP, ...plain }),
  );
  const url = new URL(as.authorization_endpoint);
  url.searchParams.set('client_id', client.client_id);
  url.searchParams.set('request_uri', pushed.request_uri);

  const answered = oauth.validateAuthResponse(as, client, await decide(holder, url), state);
  const answer = await oauth.authorizationCodeGrantRequest(
    as, client, authentication, answered, REDIRECT_URI, verifier, { DPoP, ...plain },
  );
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce, requireIdToken: true });
  await oauth.validateApplicationLevelSignature(as, answer, plain);
  assert.equal(tokens.token_type, 'dpop');

  const protectedAnswer = await oauth.protectedResourceRequest(
    tokens.access_token, 'GET', new URL(`${server.url}/v1/userinfo`), undefined, undefined, { DPoP, ...plain },
  );
  assert.equal((await protectedAnswer.json()).sub, server.sandbox.buyer.id);

  const refreshed = await oauth.processRefreshTokenResponse(
    as, client, await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token, { DPoP, ...plain }),
  );
  const told = await oauth.processIntrospectionResponse(
    as, client, await oauth.introspectionRequest(as, client, authentication, refreshed.access_token, plain),
  );
  assert.ok(told.active && told.cnf.jkt);
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(as, client, authentication, refreshed.refresh_token ?? tokens.refresh_token, plain),
  );
  const later = await oauth.processIntrospectionResponse(
    as, client, await oauth.introspectionRequest(as, client, authentication, refreshed.access_token, plain),
  );
  assert.equal(later.active, false);
});

test('a code that was bound to a key is worth nothing with another one', async () => {
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  const verifier = oauth.generateRandomCodeVerifier();
  const asked = new URLSearchParams({
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const pushed = await oauth.processPushedAuthorizationResponse(
    as, client, await oauth.pushedAuthorizationRequest(as, client, authentication, asked, { DPoP, ...plain }),
  );
  const url = new URL(as.authorization_endpoint);
  url.searchParams.set('client_id', client.client_id);
  url.searchParams.set('request_uri', pushed.request_uri);
  const answered = oauth.validateAuthResponse(as, client, await decide(holder, url), oauth.expectNoState);
  const other = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  const answer = await oauth.authorizationCodeGrantRequest(
    as, client, authentication, answered, REDIRECT_URI, verifier, { DPoP: other, ...plain },
  );
  await assert.rejects(oauth.processAuthorizationCodeResponse(as, client, answer), { code: 'OAUTH_RESPONSE_BODY_ERROR' });
});

test('a device gets its tokens', async () => {
  const secret = oauth.ClientSecretBasic(server.sandbox.api_secret);
  const begun = await oauth.processDeviceAuthorizationResponse(
    as, client, await oauth.deviceAuthorizationRequest(as, client, secret, new URLSearchParams({ scope: 'openid' }), plain),
  );
  const poll = async () =>
    oauth.processDeviceCodeResponse(
      as, client, await oauth.deviceCodeGrantRequest(as, client, secret, begun.device_code, plain),
    );
  await assert.rejects(poll(), { error: 'authorization_pending' });
  await holder.post('/ui/decide_device', { user_code: begun.user_code, decision: 'refuse' });
  // As often as the server allows (RFC 8628, 3.5); the library leaves it to its caller.
  await new Promise((resolve) => setTimeout(resolve, begun.interval * 1000));
  await assert.rejects(poll(), { error: 'access_denied' });
});
