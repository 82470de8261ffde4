// A partner's program: it takes a token, signs its calls and pays, as the quick start does.

import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from './server.js';

export class Partner {
  private constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly secret: string,
    private readonly token: string,
    readonly application: string,
    readonly developer: { email: string; password: string },
    readonly administrator: { email: string; password: string },
  ) {}

  /** An application of its own on the server, with everything it needs to call. */
  static async seeded(server: Server): Promise<Partner> {
    const seeded = server.command('seed');
    const { api_key: key, api_secret: secret } = seeded.sandbox;
    const granted = await fetch(`${server.url}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: 'Basic ' + Buffer.from(`${key}:${secret}`).toString('base64') },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await granted.json()) as { access_token: string };
    return new Partner(server.url, key, secret, token, seeded.application.id, seeded.developer, seeded.admin);
  }

  /** Makes a call that moves money. */
  async post(path: string, wish: object): Promise<any> {
    const body = JSON.stringify(wish);
    const covered = {
      '@method': 'POST',
      '@authority': new URL(this.url).host,
      '@path': path,
      'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
      'idempotency-key': randomUUID(),
    };
    const names = Object.keys(covered).map((name) => `"${name}"`);
    const params =
      `(${names.join(' ')});created=${Math.floor(Date.now() / 1000)};nonce="${randomUUID()}"` +
      `;keyid="${this.key}";alg="hmac-sha256";tag="tallyport"`;
    const lines = Object.entries(covered).map(([name, value]) => `"${name}": ${value}`);
    const base = [...lines, `"@signature-params": ${params}`].join('\n');
    const answer = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${this.token}`,
        'Idempotency-Key': covered['idempotency-key'],
        'Content-Digest': covered['content-digest'],
        'Signature-Input': `sig1=${params}`,
        Signature: `sig1=:${createHmac('sha256', this.secret).update(base).digest('base64')}:`,
      },
      body,
    });
    const object = await answer.json();
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(object)}`);
    return object;
  }

  async status(payment: string): Promise<string> {
    const answer = await fetch(`${this.url}/v1/payments/${payment}`, { headers: { Authorization: `Bearer ${this.token}` } });
    return ((await answer.json()) as { status: string }).status;
  }
}

/** A partner's own site, which payers come back to. */
export async function openShop(): Promise<{ url: string; close: () => void }> {
  const shop = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>Shop</title><p>Thank you</p>'));
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/back?order=1`, close: () => shop.close() };
}
