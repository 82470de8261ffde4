// A token that an account holder consented to.
const token = process.env.TOKEN ?? "";

const answer = await fetch("{{origin}}/v1/userinfo", {
  headers: { Authorization: `Bearer ${token}` },
});
console.log(await answer.json());
