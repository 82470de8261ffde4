// Looking at a page: wide and narrow, with a picture kept for those who ask for pictures.

import { expect, type TestInfo } from '@playwright/test';
import { EVERY_LOOK, type Language, PICTURES, type Page, type Theme, choose, overflows, violations } from './test.js';

const [WIDE, NARROW] = [1440, 390];

/** Nothing sticks out sideways, axe finds nothing; pictures that were asked for are in `pictures/`. */
export async function look(page: Page, info: TestInfo, name: string): Promise<void> {
  // After a form the next page may be seen before its style sheet is there.
  await page.waitForLoadState('load');
  const isEnglish = (await page.locator('html').getAttribute('lang')) === 'en';
  for (const width of [WIDE, NARROW]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(page.locator('main')).toBeVisible();
    expect(await overflows(page), `${name} at ${width}`).toEqual([]);
    // axe takes most of the time: with two looks, one of them shows it the wide page and the other the narrow one.
    if (EVERY_LOOK || isEnglish === (width === WIDE)) expect(await violations(page), `${name} at ${width}`).toEqual([]);
    if (!PICTURES) continue;
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${info.config.rootDir}/../pictures/${name}-${width}.png`, fullPage: true });
  }
}

/** The same in one language and theme. */
export async function lookIn(page: Page, info: TestInfo, url: string, language: Language, theme: Theme, name: string, path: string) {
  await choose(page, url, language, theme);
  await page.goto(path);
  await look(page, info, `${name}-${language}-${theme}`);
}
