const key = process.env.API_KEY ?? "";
const secret = process.env.API_SECRET ?? "";

const answer = await fetch("{{origin}}/oauth/token", {
  method: "POST",
  headers: { Authorization: "Basic " + Buffer.from(`${key}:${secret}`).toString("base64") },
  body: new URLSearchParams({
    grant_type: "client_credentials",
    scope: "payments:write payments:read",
  }),
});
console.log(await answer.json());
