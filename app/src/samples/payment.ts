import { createHash, createHmac, randomUUID } from "node:crypto";

const origin = "{{origin}}";
const key = process.env.API_KEY ?? "";
const secret = process.env.API_SECRET ?? "";

const granted = await fetch(`${origin}/oauth/token`, {
  method: "POST",
  headers: { Authorization: "Basic " + Buffer.from(`${key}:${secret}`).toString("base64") },
  body: new URLSearchParams({ grant_type: "client_credentials" }),
});
const { access_token } = await granted.json();

const body = JSON.stringify({
  order_id: `A-${Date.now()}`,
  amount: "100.00",
  currency: "USD",
  method: "card_ok",
});
const digest = createHash("sha256").update(body).digest("base64");
const covered = {
  "@method": "POST",
  "@authority": new URL(origin).host,
  "@path": "/v1/payments",
  "content-digest": `sha-256=:${digest}:`,
  "idempotency-key": randomUUID(),
};
const names = Object.keys(covered).map((name) => `"${name}"`).join(" ");
const params =
  `(${names});created=${Math.floor(Date.now() / 1000)};nonce="${randomUUID()}"` +
  `;keyid="${key}";alg="hmac-sha256";tag="tallyport"`;
const lines = Object.entries(covered).map(([name, value]) => `"${name}": ${value}`);
const base = [...lines, `"@signature-params": ${params}`].join("\n");
const mac = createHmac("sha256", secret).update(base).digest("base64");

const answer = await fetch(`${origin}/v1/payments`, {
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    Authorization: `Bearer ${access_token}`,
    "Idempotency-Key": covered["idempotency-key"],
    "Content-Digest": covered["content-digest"],
    "Signature-Input": `sig1=${params}`,
    Signature: `sig1=:${mac}:`,
  },
  body,
});
console.log(await answer.json());
