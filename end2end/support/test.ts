// The test function of all browser tests: it brings a server, and fails a test whose pages log errors.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Page, test as base, expect } from '@playwright/test';
import { type Database, Server } from './server.js';

export { expect, type Page };

export type Language = 'en' | 'zh';
export type Theme = 'light' | 'dark';

/** Pictures take a fifth of the whole run, so only who wants to see them waits for them. */
export const PICTURES = process.env.TALLYPORT_TEST_PICTURES === '1';

/** The deep run, and who wants to see pictures, has all looks. */
export const EVERY_LOOK = process.env.TALLYPORT_TEST_DEEP === '1' || PICTURES;

/**
 * What the pages are looked at in. Words are the same in both themes and colours in both languages, so two looks
 * show each language and each theme.
 */
export const LOOKS: readonly { language: Language; theme: Theme }[] =
  EVERY_LOOK
    ? (['en', 'zh'] as const).flatMap((language) => (['light', 'dark'] as const).map((theme) => ({ language, theme })))
    : [
        { language: 'en', theme: 'light' },
        { language: 'zh', theme: 'dark' },
      ];

export const test = base.extend<{ complaints: string[] }, { server: Server }>({
  server: [
    async ({}, use, info) => {
      const server = await Server.start(info.project.metadata.database as Database);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  // Errors of scripts and of the content security policy, by any page of the test.
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on('weberror', (error) => complaints.push(String(error.error())));
      context.on('console', (message) => {
        // A page that answers 404 or 422 logs that as an error, too; its status is the test's to judge.
        const isStatus = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isStatus) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Chooses language and colours the way the server remembers them. */
export async function choose(page: Page, url: string, language: Language, theme: Theme): Promise<void> {
  await page.context().addCookies([
    { name: 'lang', value: language, url },
    { name: 'theme', value: theme, url },
  ]);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page, each with the elements it is about. */
export async function violations(page: Page): Promise<string[]> {
  // Through the debugger, which the page's content security policy does not bind.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const found = await (window as any).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.violations.map(
      (violation: any) => `${violation.id}: ${violation.nodes.map((node: any) => node.target.join(' ')).join(', ')}`,
    );
  });
}

/** Elements that stick out of the window sideways. */
export async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}
