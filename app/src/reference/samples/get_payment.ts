const origin = "{{origin}}";
const key = process.env.API_KEY ?? "";
const secret = process.env.API_SECRET ?? "";

const granted = await fetch(`${origin}/oauth/token`, {
  method: "POST",
  headers: { Authorization: "Basic " + Buffer.from(`${key}:${secret}`).toString("base64") },
  body: new URLSearchParams({ grant_type: "client_credentials" }),
});
const { access_token } = await granted.json();

const paymentId = process.argv[2]; // such as pay_01k…
const answer = await fetch(`${origin}/v1/payments/${paymentId}`, {
  headers: { Authorization: `Bearer ${access_token}` },
});
console.log(await answer.json());
