// A plain Express handler on PostgreSQL that makes payments with the writes that Tallyport makes.

import cluster from 'node:cluster';
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import express from 'express';
import pg from 'pg';

const { PEER_PORT, PEER_DATABASE, PEER_API_KEY, PEER_API_SECRET } = process.env;
const CLEARING = 'acct_clearing';
const AVAILABLE = 'acct_available';
const COVERED = ['@method', '@authority', '@path', 'content-digest', 'idempotency-key'];

if (cluster.isPrimary) {
  const setup = new pg.Client({ connectionString: PEER_DATABASE });
  await setup.connect();
  await setup.query(readFileSync(new URL('../schema.sql', import.meta.url), 'utf8'));
  await setup.end();
  for (let core = 0; core < availableParallelism(); core += 1) cluster.fork();
} else {
  serve();
}

function serve() {
  const pool = new pg.Pool({ connectionString: PEER_DATABASE, max: Math.ceil(64 / availableParallelism()) });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/healthz', (_, response) => response.send('ok'));
  app.post('/v1/payments', express.raw({ type: 'application/json', limit: '1mb' }), async (request, response) => {
    const nonce = verified(request);
    if (!nonce) return response.status(401).json({ code: 'signature_invalid' });
    const order = parsed(request.body);
    if (!order) return response.status(400).json({ code: 'parameter_invalid' });
    const [status, answer] = await pay(pool, nonce, request.headers['idempotency-key'], order);
    response.status(status).type('application/json').send(answer);
  });
  app.listen(Number(PEER_PORT), '127.0.0.1');
}

/** The nonce of a request whose digest and signature are right. */
function verified(request) {
  const digest = createHash('sha256').update(request.body).digest('base64');
  if (request.headers['content-digest'] !== `sha-256=:${digest}:`) return null;
  const input = request.headers['signature-input'] ?? '';
  const params = input.slice(input.indexOf('=') + 1);
  const nonce = /;nonce="([^"]+)"/.exec(params)?.[1];
  const created = Number(/;created=(\d+)/.exec(params)?.[1]);
  if (/;keyid="([^"]+)"/.exec(params)?.[1] !== PEER_API_KEY || !nonce) return null;
  if (Math.abs(Date.now() / 1000 - created) > 300) return null;
  const values = { '@method': request.method, '@authority': request.headers.host, '@path': request.path };
  const lines = COVERED.map((name) => `"${name}": ${values[name] ?? request.headers[name]}`);
  const base = `${lines.join('\n')}\n"@signature-params": ${params}`;
  const expected = createHmac('sha256', PEER_API_SECRET).update(base).digest();
  const given = Buffer.from(/:([^:]+):/.exec(request.headers.signature ?? '')?.[1] ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : null;
}

function parsed(body) {
  const { order_id, amount, currency, method } = JSON.parse(body);
  const fits = /^\d{1,12}\.\d{2}$/.test(amount) && /^[A-Z]{3}$/.test(currency) && /^[!-~]{1,64}$/.test(order_id);
  return fits ? { order_id, amount, amount_minor: Number(amount.replace('.', '')), currency, method } : null;
}

async function pay(pool, nonce, key, order) {
  const id = `pay_${Date.now().toString(36)}${randomBytes(10).toString('hex')}`;
  const now = Date.now();
  const answer = JSON.stringify({ id, object: 'payment', status: 'captured', ...order, created_at: new Date(now).toISOString() });
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const fresh = await client.query({ name: 'nonce', text: 'INSERT INTO nonces VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', values: [PEER_API_KEY, nonce, now + 600_000] });
    if (fresh.rowCount === 0) throw new Error('nonce reused');
    const kept = await client.query({ name: 'key', text: 'INSERT INTO idempotency VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', values: [key, JSON.stringify(order), 201, answer, now] });
    if (kept.rowCount === 0) {
      const stored = await client.query({ name: 'replay', text: 'SELECT status, answer FROM idempotency WHERE idempotency_key = $1', values: [key] });
      await client.query('ROLLBACK');
      return [stored.rows[0].status, stored.rows[0].answer];
    }
    await client.query({ name: 'payment', text: "INSERT INTO payments VALUES ($1, $2, $3, $4, $5, 'captured', $3, $6, $6)", values: [id, order.order_id, order.amount_minor, order.currency, order.method, now] });
    const accounts = await client.query({ name: 'accounts', text: 'UPDATE accounts SET balance_minor = balance_minor + CASE accounts.id WHEN $1 THEN -$3::bigint ELSE $3::bigint END, entry_count = entry_count + 1 FROM (SELECT id FROM accounts WHERE id IN ($1, $2) ORDER BY id FOR UPDATE) AS locked WHERE accounts.id = locked.id RETURNING accounts.id, balance_minor, entry_count', values: [CLEARING, AVAILABLE, order.amount_minor] });
    const [first, second] = accounts.rows;
    const sign = (row) => (row.id === CLEARING ? -order.amount_minor : order.amount_minor);
    await client.query({ name: 'entries', text: "INSERT INTO ledger_entries VALUES ($1, $2, 'captured', $3, $4, $5, $6), ($7, $8, 'captured', $3, $9, $10, $6)", values: [first.id, first.entry_count, id, sign(first), first.balance_minor, now, second.id, second.entry_count, sign(second), second.balance_minor] });
    await client.query({ name: 'events', text: "INSERT INTO events VALUES ($1, $2, 1, 'payment.created', $3, $4), ($5, $2, 2, 'payment.captured', $3, $4)", values: [`${id}_1`, id, answer, now, `${id}_2`] });
    await client.query('COMMIT');
    return [201, answer];
  } catch (error) {
    await client.query('ROLLBACK');
    if (error.constraint === 'payments_one_per_order') return [409, '{"code":"order_already_paid"}'];
    return [500, JSON.stringify({ code: 'internal', detail: String(error) })];
  } finally {
    client.release();
  }
}
