import { LiveRun } from '@pollux/engine/simulation';
import { describe, expect, it, type TestContext } from 'vitest';
import { showModel, showRun, steerRun } from '../src/protocol/index.ts';
import type { TestPage } from './page/browser.ts';
import { browserForTests, patience } from './page/browser-for-tests.ts';
import { sampleModel, shopModel } from './page/fixtures.ts';
import { keepPicture } from './page/keep-picture.ts';
import { liveState } from './page/live-state.ts';
import { type ThemeName, themes } from './page/themes.ts';

const started = browserForTests();

async function running(context: TestContext): Promise<TestPage> {
  const page = await started(context).open('diagram', 'dark', { width: 1240, height: 860 });
  const model = await shopModel();
  await page.tell(showModel, { version: 1, model, file: 'shop.twin' });
  await page.settled();
  await page.tell(showRun, { run: { scenario: 'shop.BlackFriday', state: liveState(model) } });
  await page.page.locator('.run .moment').waitFor();
  await page.settled('.layer.over .element');
  return page;
}

describe('a live run', () => {
  it(
    'stands over every kind of diagram in every theme, and no text meets another',
    async (context) => {
      const page = await running(context);
      expect(await page.page.locator('.heading .title').textContent()).toBe('Production');
      for (const diagram of ['Production', 'Checkout', 'Order']) {
        await page.pick(diagram);
        for (const theme of Object.keys(themes) as ThemeName[]) {
          await page.inTheme(theme);
          await keepPicture(page.page, `run-${diagram}.${theme}`);
          expect(await page.audit(), `${diagram}, ${theme}`).toEqual([]);
        }
      }
      expect(await page.page.locator('.run .moment').innerText()).toBe('2 min');
      // As they stand in this one run: the store is asked for more than it can do.
      expect(await page.page.locator('.verdicts').innerText()).toMatch(
        /^At 2 min\s+p95\(Checkout\)\s+[\d.]+ s\s+< 400 ms\s+utilization\(app\)\s+[\d.]+ %\s+< 80 %$/,
      );
      const marks = page.page.locator('.verdicts [data-verdict]');
      expect(await marks.evaluateAll((all) => all.map((each) => each.getAttribute('data-verdict')))).toEqual([
        'missed',
        'met',
      ]);
      expect(page.failures).toEqual([]);
      await page.close();
    },
    patience,
  );
});

describe.each([
  ['hospital/hospital.twin', 'clinic.Winter', 'Treatment', 12],
  ['warehouse/warehouse.twin', 'harbour.Closure', 'Import', 9],
] as const)('a live run of %s', (sample, scenario, activity, days) => {
  it(
    'stands over its activity, coloured by the run; no text meets another, and a resource can be struck',
    async (context) => {
      const page = await started(context).open('diagram', 'dark', { width: 1600, height: 1000 });
      const model = await sampleModel(sample);
      const run = new LiveRun(model, scenario);
      expect(run.problems).toEqual([]);
      run.advance(days * 86_400e6);
      const times = { duration_s: run.duration / 1e6, now_s: run.now / 1e6, history: { times_s: [], rows: [] } };
      const state = { ...liveState(await shopModel()), frame: run.frame(), inputs: [], ...times };
      await page.tell(showModel, { version: 1, model, file: 'sample.twin' });
      await page.settled();
      await page.tell(showRun, { run: { scenario, state } });
      await page.page.locator('.run .moment').waitFor();
      await page.page.locator(`.heading .title:text-is("${activity}")`).waitFor();
      await page.settled('.layer.over .element');
      await keepPicture(page.page, `run-${activity}.dark`);
      expect(await page.audit()).toEqual([]);
      expect(await page.page.locator('.layer.over text', { hasText: 'in line' }).count()).toBeGreaterThan(4);
      await page.page
        .locator(`[data-id="${model.resources.at(-1)?.id}"][tabindex]`)
        .dispatchEvent('contextmenu', { bubbles: true });
      expect((await page.page.getByRole('menuitem').allInnerTexts()).join()).toMatch(/^(Crash|Bring) [^S]*$/);
      expect(page.failures).toEqual([]);
      await page.close();
    },
    patience,
  );
});

it(
  'is steered by buttons, by its slider and by a key',
  async (context) => {
    const page = await running(context);
    const press = (label: string) => page.page.getByRole('button', { name: label, exact: false }).first().click();
    await press('Go on');
    await press('One step');
    await page.page.getByLabel('Speed, virtual seconds a second').selectOption('600');
    await page.page.getByLabel('Time of the run').focus();
    await page.page.keyboard.press('ArrowLeft');
    await press('Save as scenario');
    await press('End');
    expect(await page.said(steerRun.method)).toEqual([
      { kind: 'play' },
      { kind: 'step' },
      { kind: 'speed', speed: 600 },
      { kind: 'seek', time_s: 119.5 },
      { kind: 'save' },
      { kind: 'close' },
    ]);
    await page.close();
  },
  patience,
);

it(
  'crashes a node from its menu, by the keyboard alone, and gives the focus back',
  async (context) => {
    const page = await running(context);
    const node = page.page.locator('[data-id="shop.Production.app"][tabindex]');
    await node.focus();
    await node.dispatchEvent('contextmenu', { bubbles: true });
    const items = page.page.getByRole('menuitem');
    expect(await items.allInnerTexts()).toEqual([
      'Crash app[1]',
      'Slow app[1] by 3',
      'Bring app[2] back',
      'Slow app[2] by 3',
      'Crash all 2 of app',
      'Slow all 2 of app by 3',
    ]);
    await keepPicture(page.page, 'run-menu.dark');
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('Enter');
    expect(await page.page.getByRole('menu').count()).toBe(0);
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-id'))).toBe('shop.Production.app');
    await node.dispatchEvent('contextmenu', { bubbles: true });
    await items.getByText('Bring app[2] back').click();
    expect(await page.said(steerRun.method)).toEqual([
      { kind: 'change', change: { kind: 'slow', subject: 'shop.Production.app', index: 1, factor: 3 } },
      { kind: 'end', target: 'crash shop.Production.app[2]' },
    ]);
    await page.close();
  },
  patience,
);

it(
  'changes a load, a parameter and what an operation takes by sliders',
  async (context) => {
    const page = await running(context);
    const raise = async (name: string) => {
      await page.page
        .locator('.handle', { has: page.page.locator(`.code:text-is("${name}")`) })
        .locator('input')
        .focus();
      await page.page.keyboard.press('ArrowRight');
    };
    await raise('Checkout');
    await raise('store.cores');
    await page.page.getByText('Operations').click();
    await raise('Stock.find.takes');
    await raise('Bank.charge.fails');
    const set = (element: string, name: string, value: unknown) => ({
      kind: 'change',
      change: { kind: 'set', parameter: { element, name }, value },
    });
    expect(await page.said(steerRun.method)).toEqual([
      { kind: 'change', change: { kind: 'load-factor', behaviour: 'shop.Checkout', factor: 1.25 } },
      set('shop.Production.store', 'cores', 5),
      set('shop.Stock.find', 'takes', { kind: 'exponential', mean: 5500 }),
      set('shop.Bank.charge', 'fails', 0.001),
    ]);
    await keepPicture(page.page, 'run-operations.dark');
    await page.close();
  },
  patience,
);

it(
  'moves no node of the diagram, and says why a scenario cannot run',
  async (context) => {
    const page = await running(context);
    const places = () =>
      page.page.locator('.layer.ink .notation .element').evaluateAll((all) => all.map((each) => each.innerHTML).join());
    const before = await places();
    const model = await shopModel();
    await page.tell(showRun, { run: { scenario: 'shop.BlackFriday', state: liveState(model, { status: 'playing' }) } });
    await page.settled();
    expect(await places()).toBe(before);
    const problems = [
      { code: 'empty-load', severity: 'error', element: 'x', message: 'This load has no arrivals.' },
    ] as const;
    await page.tell(showRun, {
      run: { scenario: 'shop.BlackFriday', state: liveState(model, { status: 'impossible', problems }) },
    });
    await page.page.getByText('It cannot run: This load has no arrivals.').waitFor();
    await page.close();
  },
  patience,
);
