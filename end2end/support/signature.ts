// Signing a call of the open API with a key pair, as a partner's program does (RFC 9421).

import { type KeyObject, constants, createHash, randomUUID, sign } from 'node:crypto';

/** What an algorithm is called in a signature, and how it signs. */
const ALGORITHMS = {
  rsa: {
    name: 'rsa-pss-sha512',
    sign: (base: Buffer, key: KeyObject) =>
      sign('sha512', base, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }),
  },
  ec: { name: 'ecdsa-p256-sha256', sign: (base: Buffer, key: KeyObject) => sign('sha256', base, { key, dsaEncoding: 'ieee-p1363' }) },
  ed25519: { name: 'ed25519', sign: (base: Buffer, key: KeyObject) => sign(null, base, key) },
};

/** The headers of a signed POST with a JSON body. */
export function signedHeaders(url: URL, body: string, keyId: string, key: KeyObject): Record<string, string> {
  const { name, sign } = ALGORITHMS[key.asymmetricKeyType as keyof typeof ALGORITHMS];
  const covered: Record<string, string> = {
    '@method': 'POST',
    '@authority': url.host,
    '@path': url.pathname,
    'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
    'idempotency-key': randomUUID(),
  };
  const names = Object.keys(covered).map((name) => `"${name}"`);
  const created = Math.floor(Date.now() / 1000);
  const params = `(${names.join(' ')});created=${created};nonce="${randomUUID()}";keyid="${keyId}";alg="${name}";tag="tallyport"`;
  const lines = Object.entries(covered).map(([name, value]) => `"${name}": ${value}`);
  const base = Buffer.from([...lines, `"@signature-params": ${params}`].join('\n'));
  return {
    'content-type': 'application/json',
    'content-digest': covered['content-digest']!,
    'idempotency-key': covered['idempotency-key']!,
    'signature-input': `sig=${params}`,
    signature: `sig=:${sign(base, key).toString('base64')}:`,
  };
}
