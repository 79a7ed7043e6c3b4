import { describe, expect, it, type TestContext } from 'vitest';
import {
  goToLine,
  ready,
  reveal,
  select,
  showActive,
  showModel,
  showProgress,
  showResult,
  showTwin,
} from '../src/protocol/index.ts';
import type { TestPage } from './page/browser.ts';
import { browserForTests, patience } from './page/browser-for-tests.ts';
import { shopModel, shopRun, shopTwin } from './page/fixtures.ts';
import { keepPicture } from './page/keep-picture.ts';
import { type ThemeName, themes } from './page/themes.ts';

const diagrams = ['Order', 'Checkout', 'Browse', 'CancelOrder', 'Production'] as const;

const started = browserForTests();

async function opened(context: TestContext, theme: ThemeName = 'dark', kept: unknown = null): Promise<TestPage> {
  const page = await started(context).open('diagram', theme, { width: 1080, height: 800 }, kept);
  await page.tell(showModel, { version: 1, model: await shopModel(), file: 'shop.twin' });
  await page.settled();
  return page;
}

let used: TestPage | null = null;

/** One page for all tests that leave its model and its lists alone. */
async function shared(context: TestContext): Promise<TestPage> {
  if (used === null) used = await opened(context);
  else await used.asNew('Order');
  return used;
}

const themeNames = Object.keys(themes) as ThemeName[];

it('the bundle holds no evaluated code', async (context) => {
  const script = await started(context).script;
  expect(script.length).toBeGreaterThan(100_000);
  expect(script.match(/\bnew Function\b|[^.\w]eval\(|[^.\w]Function\(/g)).toBeNull();
});

it(
  'a page that appears says that it is ready',
  async (context) => {
    // The first that asks for it.
    const page = await shared(context);
    expect(await page.said(ready.method)).toEqual([{ panel: 'diagram' }]);
  },
  patience,
);

describe('in every theme', () => {
  it(
    'no text of any diagram meets a stroke, a text or an edge, whatever is laid over it',
    async (context) => {
      const page = await shared(context);
      const lookAt = async (what: string): Promise<void> => {
        for (const diagram of diagrams) {
          await page.pick(diagram);
          for (const theme of themeNames) {
            await page.inTheme(theme);
            expect(await page.audit(), `${diagram}, ${what}, ${theme}`).toEqual([]);
            await keepPicture(page.page, `${what}-${diagram}.${theme}`);
          }
        }
      };
      await lookAt('model');
      await page.tell(showTwin, { state: shopTwin(), lag_s: 2 });
      await page.settled('.layer.over .element');
      await lookAt('live');
      await page.tell(showResult, { result: shopRun(), scenario: 'Weekday' });
      await page.page.locator('.heading .title:text-is("Production")').waitFor();
      await lookAt('simulated');
      expect(page.failures).toEqual([]);
    },
    patience,
  );

  it(
    'the results stand in their tables and charts, none cut off',
    async (context) => {
      const page = await started(context).open('results', 'dark');
      await page.tell(showModel, { version: 1, model: await shopModel(), file: 'shop.twin' });
      await page.tell(showResult, { result: shopRun(), scenario: 'Weekday' });
      await page.settled('.results table');
      for (const theme of themeNames) {
        await page.inTheme(theme);
        expect(await page.audit(), theme).toEqual([]);
        await keepPicture(page.page, `results.${theme}`);
      }
      expect(
        await page.page
          .locator('[data-verdict]')
          .evaluateAll((all) => all.map((each) => each.getAttribute('data-verdict'))),
      ).toEqual(['met', 'missed', 'undecided', 'met', 'missed', 'undecided']);
      expect(await page.page.locator('[data-measure="shop.Checkout p95"]').innerText()).toContain('145 ± 6');
      expect(await page.page.locator('svg.chart .curve').count()).toBe(6);
      expect(page.failures).toEqual([]);
      await page.close();
    },
    patience,
  );
});

it(
  'in a narrow panel nothing meets either',
  async (context) => {
    const page = await started(context).open('diagram', 'dark', { width: 600, height: 760 });
    await page.tell(showModel, { version: 1, model: await shopModel(), file: 'shop.twin' });
    await page.tell(showTwin, { state: shopTwin(), lag_s: 2 });
    await page.settled('.layer.over .element');
    for (const diagram of diagrams) {
      await page.pick(diagram);
      expect(await page.audit(), diagram).toEqual([]);
      await keepPicture(page.page, `narrow-${diagram}`);
    }
    await page.close();
  },
  patience,
);

it(
  'in a narrow panel the tables of the results are whole too',
  async (context) => {
    const page = await started(context).open('results', 'light', { width: 620, height: 900 });
    await page.tell(showModel, { version: 1, model: await shopModel(), file: 'shop.twin' });
    await page.tell(showResult, { result: shopRun(), scenario: 'Weekday' });
    await page.settled('.results table');
    expect(await page.audit()).toEqual([]);
    const beyond = await page.page
      .locator('details[open] .wide-table')
      .evaluateAll((tables) => tables.map((table) => table.scrollWidth - table.clientWidth));
    expect(beyond.length).toBeGreaterThan(1);
    expect(Math.max(...beyond)).toBe(0);
    await page.page.locator('details[open] .wide-table').first().scrollIntoViewIfNeeded();
    await keepPicture(page.page, 'narrow-results');
    await page.close();
  },
  patience,
);

it(
  'a hand that trembles clicks; one that goes further drags',
  async (context) => {
    const page = await shared(context);
    const { mouse } = page.page;
    const box = await page.page.locator('.layer.fill [data-id="shop.Order.Paid"]').boundingBox();
    const { x, y } = box ?? { x: 0, y: 0 };
    for (const distance of [2, 20]) {
      await mouse.move(x + 8, y + 8);
      await mouse.down();
      await mouse.move(x + 8 + distance, y + 8);
      await mouse.up();
    }
    expect(await page.said(reveal.method)).toEqual([{ element: 'shop.Order.Paid' }]);
  },
  patience,
);

it(
  'a click on an element and Enter on it reveal its text',
  async (context) => {
    const page = await shared(context);
    await page.page.locator('.layer.fill [data-id="shop.Order.Paid"]').click();
    const transition = page.page.locator('[data-key="shop.Order/initial->Created"] .reach');
    const { x, y, height } = (await transition.boundingBox()) ?? { x: 0, y: 0, height: 0 };
    await page.page.mouse.click(x + 6, y + height / 2);
    await page.page.locator('.layer.ink [data-key="shop.Order.Refunding"]').focus();
    await page.page.keyboard.press('Enter');
    expect(await page.said(reveal.method)).toEqual([
      { element: 'shop.Order.Paid' },
      { element: 'shop.Order/initial->Created' },
      { element: 'shop.Order.Refunding' },
    ]);
  },
  patience,
);

it(
  'Tab goes in the order of the text, arrows along transitions',
  async (context) => {
    const page = await shared(context);
    const focused = (): Promise<unknown> => page.page.evaluate('document.activeElement.getAttribute("data-id")');
    await page.page.locator('.layer.ink [data-key="shop.Order.Created"]').focus();
    const path: unknown[] = [];
    for (const key of ['Tab', 'Tab', 'ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowLeft']) {
      await page.page.keyboard.press(key);
      path.push(await focused());
    }
    expect(path).toEqual([
      'shop.Order.Created/on(Pay)->Paid',
      'shop.Order.Created/on(Pay)->Declined',
      'shop.Order.Declined',
      'shop.Order.Created/on(Pay)->Declined',
      'shop.Order.Created/after(30 s)->Expired',
      'shop.Order.Created',
    ]);
  },
  patience,
);

it(
  'the active states of a machine under the debugger get rings, on its diagram, beside what is selected',
  async (context) => {
    const page = await shared(context);
    const rings = () =>
      page.page.locator('[data-ring]').evaluateAll((all) => all.map((each) => each.getAttribute('data-ring')));
    await page.tell(select, { element: 'shop.Browse/customer->web.browse/web->stock.find' });
    await page.page
      .locator('[data-ring="shop.Browse/customer->web.browse/web->stock.find"]')
      .waitFor({ state: 'attached' });
    await page.tell(showActive, { elements: ['shop.Order.Fulfilment.Packing', 'shop.Order.Fulfilment'] });
    await page.page.locator('[data-ring="shop.Order.Fulfilment.Packing"]').waitFor({ state: 'attached' });
    expect(await rings()).toEqual(['shop.Order.Fulfilment.Packing', 'shop.Order.Fulfilment']);
    await page.tell(select, { element: 'shop.Order.Paid' });
    await page.page.locator('[data-ring="shop.Order.Paid"]').waitFor({ state: 'attached' });
    expect(await rings()).toHaveLength(3);
    await page.tell(showActive, { elements: [] });
    await page.page.locator('[data-ring="shop.Order.Fulfilment"]').waitFor({ state: 'detached' });
    expect(await rings()).toEqual(['shop.Order.Paid']);
  },
  patience,
);

it(
  'a selection in the text gets the focus ring, on the diagram that shows it, in sight',
  async (context) => {
    const page = await shared(context);
    await page.tell(select, { element: 'shop.Order.Paid' });
    await page.page.locator('[data-ring="shop.Order.Paid"]').waitFor({ state: 'attached' });
    await page.tell(select, { element: 'shop.Browse/customer->web.browse/web->stock.find' });
    await page.page.locator('.heading .title:text-is("Browse")').waitFor();
    await page.page
      .locator('[data-ring="shop.Browse/customer->web.browse/web->stock.find"]')
      .waitFor({ state: 'attached' });
    await page.tell(select, { element: null });
    await page.page.locator('[data-ring]').waitFor({ state: 'detached' });
  },
  patience,
);

it(
  'an overlay moves no node and asks for no layout',
  async (context) => {
    const page = await shared(context);
    const places = (): Promise<readonly (string | null)[]> =>
      page.page
        .locator('.layer.ink .notation rect.stroke')
        .evaluateAll((all) => all.map((each) => `${each.getAttribute('x')},${each.getAttribute('y')}`));
    const before = await places();
    await page.page.evaluate('window.first = document.querySelector(\'[data-key="shop.Order.Paid"]\')');
    await page.tell(showTwin, { state: shopTwin(), lag_s: 2 });
    await page.settled('.layer.over .element');
    expect(await places()).toEqual(before);
    expect(await page.page.evaluate('window.first === document.querySelector(\'[data-key="shop.Order.Paid"]\')')).toBe(
      true,
    );
  },
  patience,
);

it(
  'figures are repainted at most four times a second',
  async (context) => {
    const page = await shared(context);
    await page.tell(showTwin, { state: shopTwin(), lag_s: 0 });
    await page.settled('.layer.over .element');
    await page.page.evaluate(
      `window.paints = 0; new MutationObserver(() => { window.paints += 1; }).observe(document.querySelector('.layer.over'), { subtree: true, characterData: true, childList: true })`,
    );
    const from = Date.now();
    for (let step = 0; step < 40; step++) {
      const state = shopTwin();
      const figures = { ...state.figures, 'shop.Order.Created': { total: 9, instances: step } };
      await page.tell(showTwin, { state: { ...state, sequence: step, figures }, lag_s: 0 });
    }
    await page.page.locator('.layer.over text', { hasText: '39' }).first().waitFor({ state: 'attached' });
    const seconds = (Date.now() - from) / 1000;
    expect(await page.page.evaluate('window.paints')).toBeLessThanOrEqual(Math.ceil(seconds * 4) + 1);
  },
  patience,
);

it(
  'a contradiction opens its card, with its sentence and its evidence',
  async (context) => {
    const page = await shared(context);
    await page.tell(showTwin, { state: shopTwin(), lag_s: 2 });
    await page.page.locator('[data-divergence=d1]').hover();
    const card = page.page.locator('.card');
    await card.waitFor();
    const text = await card.innerText();
    for (const part of [
      'Illegal transition',
      'Refund seen here 17 times, no transition takes it',
      '17 of',
      '4f1c…4a02',
    ])
      expect(text).toContain(part);
    await keepPicture(page.page, 'card');
    await card.locator('button').click();
    expect(await page.said(reveal.method)).toEqual([{ element: 'shop.Order.Fulfilment.Shipping' }]);
  },
  patience,
);

it(
  'the list shows open and resolved contradictions',
  async (context) => {
    const page = await shared(context);
    await page.tell(showTwin, { state: shopTwin(), lag_s: 2 });
    await page.page.locator('.divergences-button').click();
    const list = page.page.locator('.inspector');
    expect(await list.locator('li').count()).toBe(4);
    expect(await list.locator('[data-divergence-entry=d4]').innerText()).toMatch(/resolved .*\d\d:\d\d:\d\d/);
    await keepPicture(page.page, 'list');
    await page.page.locator('.divergences-button').click();
    await list.waitFor({ state: 'detached' });
  },
  patience,
);

it(
  'an error keeps the last good picture, with the way to the line, until it is mended',
  async (context) => {
    const page = await shared(context);
    const broken = {
      message: 'state name expected',
      uri: 'file:///shop/shop.twin',
      line: 60,
      since: 1_795_200_012_000,
    };
    await page.tell(showModel, { version: 2, model: await shopModel(), file: 'shop.twin', broken });
    await page.page.locator('.error').waitFor();
    expect(await page.page.locator('.error').innerText()).toContain('Line 61: state name expected');
    expect(await page.page.locator('[data-key="shop.Order.Paid"]').count()).toBe(1);
    await page.page.locator('.error button').click();
    expect(await page.said(goToLine.method)).toEqual([{ uri: broken.uri, line: 60 }]);
    await keepPicture(page.page, 'error');
    await page.tell(showModel, { version: 3, model: await shopModel(), file: 'shop.twin' });
    await page.page.locator('.error').waitFor({ state: 'detached' });
  },
  patience,
);

it(
  'progress is told in replications, a silent source by its age, an empty file by what to write',
  async (context) => {
    const page = await opened(context);
    await page.tell(showProgress, { progress: { replication: 3, replications: 10, share: 0.37, events: 1000 } });
    await page.page.locator('.progress').waitFor();
    expect(await page.page.locator('.progress').innerText()).toContain('replication 4 of 10');
    await page.tell(showProgress, { progress: null });
    await page.tell(showTwin, { state: shopTwin(true), lag_s: 1700, silent_s: 1690 });
    await page.page.locator('.source', { hasText: 'silent 28' }).waitFor();
    expect(await page.audit()).toEqual([]);
    await keepPicture(page.page, 'silent');
    await page.tell(showModel, {
      version: 3,
      model: { ...(await shopModel()), machines: [], interactions: [], deployments: [] },
      file: 'types.twin',
    });
    await page.page.locator('.message').waitFor();
    expect(await page.page.locator('.message').innerText()).toContain('Nothing to draw yet');
    await page.close();
  },
  patience,
);

it(
  'a page that reappears shows the diagram, mode and view that were left',
  async (context) => {
    const page = await opened(context, 'dark', {
      diagram: 'shop.Browse',
      mode: 'model',
      listOpen: false,
      views: { 'shop.Browse': { x: 40, y: 60, scale: 1.5 } },
    });
    expect(await page.page.locator('.heading .title').innerHTML()).toContain('Browse');
    expect(await page.page.locator('.percent').innerText()).toBe('150 %');
    await page.tell(showTwin, { state: shopTwin(), lag_s: 2 });
    await page.page.locator('.divergences-button').waitFor();
    expect(await page.page.locator('[data-mode=model]').getAttribute('aria-selected')).toBe('true');
    await page.close();
  },
  patience,
);
