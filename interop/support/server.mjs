// A Tallyport on an empty database with one application, started for a test file and stopped with it.

import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Browser } from './browser.mjs';

export const REDIRECT_URI = 'https://shop.example/callback';

/** Starts a server with these settings and seeds it. `stop` ends it and takes its data away. */
export async function start(...settings) {
  const binary = process.env.TALLYPORT_BIN;
  if (!binary) throw new Error('TALLYPORT_BIN is not set: run these tests by "cargo xtask test clients"');
  const folder = mkdtempSync(join(tmpdir(), 'tallyport-interop-'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TALLYPORT_')));
  const args = ['serve', '--listen', '127.0.0.1:0', '--metrics-listen', 'off', '--data-dir', folder, ...settings];
  const child = spawn(binary, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await address(child);
    const seeded = execFileSync(binary, ['seed', '--json', '--public-url', url, '--data-dir', folder], { env });
    return { url, ...JSON.parse(seeded.toString()), stop };
  } catch (error) {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function address(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const url = /is at (\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
}

/** The application's own access token for its sandbox. */
export async function clientToken({ url, sandbox }) {
  const basic = Buffer.from(`${sandbox.api_key}:${sandbox.api_secret}`).toString('base64');
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return (await answer.json()).access_token;
}

/** The developer's own browser, signed in to the portal. */
export async function developer(server) {
  const browser = new Browser(server.url);
  const { email, password } = server.developer;
  const answer = await browser.post('/ui/sign_in', { email, password });
  if (!answer.location.endsWith('/console')) throw new Error(`the developer cannot sign in: ${answer.location}`);
  return browser;
}

/** Registers the address that answers go to. */
export async function setRedirectUri(server, browser) {
  const application = server.application.id;
  const answer = await browser.post('/ui/set_redirect_uris', { application, redirect_uris: REDIRECT_URI });
  if (answer.status !== 302 && answer.status !== 303) throw new Error(`redirect URIs are refused: ${answer.status}`);
}

/** Registers the public half of a key, and returns the id that it has from then on. */
export async function addPublicKey(server, browser, pem, used_for = 'signing') {
  const application = server.application.id;
  const name = `Interop ${randomUUID()}`;
  const fields = { application, environment: 'sandbox', used_for, name, pem, lifetime: '', networks: '' };
  const answer = await browser.post('/ui/add_public_key', fields);
  const page = await browser.get(answer.location);
  const id = new RegExp(`/public-keys/(pk_[0-9a-z]+)[^<]*>${name}`).exec(page.text)?.[1];
  if (!id) throw new Error(`the public key is refused: ${answer.location}`);
  return id;
}

/** A browser in which the application's test buyer is signed in. */
export async function buyer(server) {
  const browser = new Browser(server.url);
  const { email, password } = server.sandbox.buyer;
  const answer = await browser.post('/ui/holder_sign_in', { email, password, return_to: '/holder' });
  if (answer.location !== '/holder') throw new Error(`the buyer cannot sign in: ${answer.location}`);
  return browser;
}

/** Takes the buyer to an authorization URL, lets them decide, and returns where they are sent. */
export async function decide(browser, authorizationUrl, decision = 'allow') {
  const asked = await browser.get(authorizationUrl);
  if (!asked.location.startsWith('/consent?request=')) return new URL(asked.location, browser.origin);
  const page = await browser.get(asked.location);
  if (page.status !== 200) throw new Error(`the consent page answers ${page.status} ${page.location}`);
  const request = new URL(asked.location, browser.origin).searchParams.get('request');
  return new URL((await browser.post('/ui/decide_consent', { request, decision })).location, browser.origin);
}

/** Chooses what the application is to the authorization server, on the page that its team has for it. */
export async function setClient(server, browser, changed) {
  const fields = {
    application: server.application.id,
    environment: 'sandbox',
    profile: 'oauth2.1',
    kind: 'confidential',
    access_token_s: '600',
    refresh_token_h: '720',
    consent_h: '2160',
    ...changed,
  };
  const answer = await browser.post('/ui/save_client_settings', fields);
  const page = await browser.get(answer.location);
  if (!page.text.includes('The client settings are saved.')) throw new Error('the client settings are refused');
}
