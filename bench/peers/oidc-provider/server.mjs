// oidc-provider as its documentation sets it up, issuing JWT access tokens signed ES256 from memory.

import cluster from 'node:cluster';
import { generateKeyPairSync } from 'node:crypto';
import { availableParallelism } from 'node:os';
import Provider from 'oidc-provider';

const { PEER_PORT, PEER_API_KEY, PEER_API_SECRET, PEER_JWK } = process.env;

if (cluster.isPrimary) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'one' };
  for (let core = 0; core < availableParallelism(); core += 1) cluster.fork({ PEER_JWK: JSON.stringify(jwk) });
} else {
  serve();
}

function serve() {
  const issuer = `http://127.0.0.1:${PEER_PORT}`;
  const resourceServer = { scope: 'payments:write', accessTokenFormat: 'jwt', accessTokenTTL: 600, jwt: { sign: { alg: 'ES256' } } };
  const provider = new Provider(issuer, {
    jwks: { keys: [JSON.parse(PEER_JWK)] },
    clients: [
      {
        client_id: PEER_API_KEY,
        client_secret: PEER_API_SECRET,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => issuer,
        getResourceServerInfo: () => resourceServer,
      },
    },
  });
  provider.use((context, next) => {
    if (context.path !== '/healthz') return next();
    context.body = 'ok';
  });
  provider.listen(Number(PEER_PORT), '127.0.0.1');
}
