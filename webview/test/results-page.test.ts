import { readFile } from 'node:fs/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { askOfResults, showExperiments, showModel, showResult } from '../src/protocol/index.ts';
import { inProcessLayout, reportHtml } from '../src/report/index.ts';
import type { TestPage } from './page/browser.ts';
import { browserForTests, patience } from './page/browser-for-tests.ts';
import { keepPicture } from './page/keep-picture.ts';
import { deskResults } from './page/results.ts';
import { type ThemeName, themes } from './page/themes.ts';

const started = browserForTests();

async function opened(context: TestContext, theme: ThemeName, width = 1080): Promise<TestPage> {
  const { model, run, comparison, sweep, answers } = await deskResults();
  const page = await started(context).open('results', theme, { width, height: 2200 });
  await page.tell(showModel, { version: 1, model, file: 'desk.twin' });
  await page.tell(showResult, { result: run, scenario: 'Rush' });
  await page.tell(showExperiments, { comparison, sweep, answers });
  await page.settled('.heat-map');
  return page;
}

describe('results', () => {
  it(
    'hold comparison, sweep and charts over time in every theme, none cut off',
    async (context) => {
      const page = await opened(context, 'dark');
      for (const theme of Object.keys(themes) as ThemeName[]) {
        await page.inTheme(theme);
        await keepPicture(page.page, `results-all.${theme}`);
        expect(await page.audit(), theme).toEqual([]);
      }
      // Of the two expectations some points miss the one and some the other.
      const maps = page.page.locator('.heat-map');
      expect(await maps.locator('.title .code').allInnerTexts()).toEqual([
        'p95(Question) < 120 ms',
        'utilization(app) < 80 %',
      ]);
      expect(await maps.first().locator('.cell').count()).toBe(12);
      expect(await page.page.locator('[data-difference="p95 desk.Question"]').getAttribute('data-verdict')).toBe(
        'worse',
      );
      expect(await page.page.locator('.over-time').count()).toBeGreaterThan(2);
      expect(page.failures).toEqual([]);
      await page.close();
    },
    patience,
  );
});

it(
  'looking at a moment shows what every figure was then',
  async (context) => {
    const page = await opened(context, 'dark');
    const rate = page.page.locator('.over-time', { hasText: 'rate' }).locator('.now');
    const last = await rate.textContent();
    await page.page.getByLabel('Time of the run').focus();
    await page.page.keyboard.press('Home');
    // A tenth of the run each, then a tenth of a second each.
    for (let i = 0; i < 4; i++) await page.page.keyboard.press('PageUp');
    for (let i = 0; i < 10; i++) await page.page.keyboard.press('ArrowRight');
    expect(await page.page.getByLabel('Time of the run').getAttribute('aria-valuetext')).toBe('25 s of 1 min');
    expect(await rate.textContent()).not.toBe(last);
    expect(await page.page.locator('.over-time .cursor').count()).toBeGreaterThan(2);
    await page.close();
  },
  patience,
);

it(
  'questions go to the host',
  async (context) => {
    const page = await opened(context, 'light', 700);
    expect(await page.audit()).toEqual([]);
    for (const name of ['Compare with…', 'Sweep', 'What would it take?', 'Export report'])
      await page.page.getByRole('button', { name, exact: true }).click();
    expect(await page.said(askOfResults.method)).toEqual([
      { kind: 'compare' },
      { kind: 'sweep' },
      { kind: 'explain' },
      { kind: 'report' },
    ]);
    await page.close();
  },
  patience,
);

it(
  'a report asks a browser for nothing, and shows the same in light and dark',
  async (context) => {
    const folder = new URL('../src/panels/', import.meta.url);
    const parts = await Promise.all(
      ['run', 'results', 'page'].map((name) => readFile(new URL(`${name}.css`, folder), 'utf8')),
    );
    const css = parts.join('\n').replace(/@import[^;]*;/g, '');
    const report = await reportHtml({ ...(await deskResults()), css, layout: inProcessLayout() });
    for (const colorScheme of ['dark', 'light'] as const) {
      const { page, requests } = await started(context).openReport(report, colorScheme);
      await keepPicture(page, `report.${colorScheme}`, true);
      expect(requests).toEqual([]);
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(ground).toBe(colorScheme === 'dark' ? 'rgb(30, 30, 30)' : 'rgb(255, 255, 255)');
      expect(await page.locator('svg.picture').count()).toBe(2);
      await page.close();
    }
  },
  patience,
);
