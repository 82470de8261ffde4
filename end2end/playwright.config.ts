// The portal as people see it, in Chromium. Each worker starts a server of its own on an empty
// database; `cargo xtask test browser` builds it and says where it is.

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.TALLYPORT_TEST_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    // Recording every step takes a fifth of the whole run. A test that fails leaves what its page said at the end;
    // the deep run, and `npx playwright test --trace on`, keep the way there. The pages' own state says more than
    // moving pictures, and costs less.
    trace: { mode: process.env.TALLYPORT_TEST_DEEP === '1' ? 'retain-on-failure' : 'off', screenshots: false },
  },
  projects: [
    { name: 'sqlite', metadata: { database: 'sqlite' } },
    // What the browser sees does not depend on the database; one walk through everything shows that.
    { name: 'postgres', metadata: { database: 'postgres' }, testMatch: 'walk.spec.ts' },
  ],
});
