// One Tallyport on an empty database, started for a worker and stopped with it.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Database = 'sqlite' | 'postgres';

export class Server {
  private constructor(
    private readonly process: ChildProcess,
    private readonly cleanUp: () => void,
    private readonly data: { binary: string; folder: string; env: NodeJS.ProcessEnv },
    /** Where the portal is, without a slash at the end. */
    readonly url: string,
    /** The link that the start printed for the first administrator. */
    readonly administratorLink: string,
  ) {}

  static async start(database: Database): Promise<Server> {
    const binary = needed('TALLYPORT_BIN');
    const folder = mkdtempSync(join(tmpdir(), 'tallyport-browser-'));
    const made = database === 'postgres' ? createDatabase() : undefined;
    const cleanUp = () => {
      rmSync(folder, { recursive: true, force: true });
      made?.drop();
    };
    const args = ['serve', '--listen', '127.0.0.1:0', '--metrics-listen', 'off', '--data-dir', folder];
    const env = { ...withoutSettings(process.env), ...(made ? { TALLYPORT_DATABASE_URL: made.url } : {}) };
    const child = spawn(binary, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      const greeting = await greetingOf(child);
      const url = /is at (\S+)/.exec(greeting)?.[1];
      const link = /administrator[^:]*: (\S+)/.exec(greeting)?.[1];
      if (!url || !link) throw new Error(`the server did not say where it is:\n${greeting}`);
      return new Server(child, cleanUp, { binary, folder, env }, url, link);
    } catch (error) {
      child.kill('SIGKILL');
      cleanUp();
      throw error;
    }
  }

  /** Runs another command of the program on this server's data, and reads the JSON that it prints. */
  command(...args: string[]): any {
    const { binary, folder, env } = this.data;
    const said = execFileSync(binary, [...args, '--json', '--data-dir', folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return JSON.parse(said.toString());
  }

  async stop(): Promise<void> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    const code = await ended;
    this.cleanUp();
    if (code !== 0) throw new Error(`the server ended with ${code}`);
  }
}

/** What the server prints until it has said everything a person needs. */
function greetingOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    child.stderr?.on('data', (chunk) => (complained += chunk));
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      if (/administrator[^:]*: \S+\s/.test(said)) resolve(said);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}${complained}`)));
  });
}

function createDatabase() {
  const admin = needed('TALLYPORT_TEST_POSTGRES');
  const name = `tallyport_browser_${randomBytes(6).toString('hex')}`;
  const run = (sql: string) => execFileSync('psql', [admin, '--quiet', '--command', sql], { stdio: 'pipe' });
  run(`CREATE DATABASE ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** The tests' own variables stay; settings of whoever runs them must not reach the server. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ['TALLYPORT_SITE_DIR'];
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('TALLYPORT_') || kept.includes(name)),
  );
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests by "cargo xtask test browser"`);
  return value;
}
