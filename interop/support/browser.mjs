// What a browser without scripts does: keeps cookies, says where a form comes from, follows nothing by itself.

export class Browser {
  #cookies = new Map();

  constructor(origin) {
    this.origin = origin;
  }

  get(address) {
    return this.#send(address, { method: 'GET' });
  }

  post(address, fields) {
    return this.#send(address, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: this.origin } });
  }

  async #send(address, { headers = {}, ...options }) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(address, this.origin), {
      ...options,
      headers: { accept: 'text/html', ...headers, ...(cookie ? { cookie } : {}) },
      redirect: 'manual',
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      if (/max-age=0/i.test(set)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  }
}
