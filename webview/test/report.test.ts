import { readFile } from 'node:fs/promises';
import { html, nothing } from 'lit';
import { beforeAll, describe, expect, it } from 'vitest';
import { inProcessLayout, reportHtml } from '../src/report/index.ts';
import { staticHtml } from '../src/report/static-html.ts';
import { shopModel, shopRun } from './page/fixtures.ts';
import { deskResults } from './page/results.ts';

const page = new URL('../src/panels/', import.meta.url);

async function styles(): Promise<string> {
  const css = await readFile(new URL('page.css', page), 'utf8');
  const parts = await Promise.all(['run.css', 'results.css'].map((name) => readFile(new URL(name, page), 'utf8')));
  return [...parts, css.replace(/@import[^;]*;/g, '')].join('\n');
}

let desk: string;
let shop: string;
beforeAll(async () => {
  const css = await styles();
  const facts = await deskResults();
  desk = await reportHtml({ ...facts, css, layout: inProcessLayout() });
  const rest = { comparison: null, sweep: null, answers: null, css, layout: inProcessLayout() };
  shop = await reportHtml({ run: shopRun(), model: await shopModel(), ...rest });
}, 60_000);

describe('a report', () => {
  it('asks for nothing: no address, no script, no listener, and a policy that would allow none', () => {
    for (const report of [desk, shop]) {
      expect(report.match(/\b(?:https?:)?\/\/(?!\s)[\w.-]+/g)).toBeNull();
      expect(report).not.toMatch(/<script|<link|<iframe|<object|@import|\burl\(\s*['"]?(?!#)|\bon\w+=|javascript:/i);
      const policy = /Content-Security-Policy" content="([^"]*)"/.exec(report)?.[1];
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('script-src');
    }
  });

  it('is under a megabyte', () => {
    for (const report of [desk, shop]) expect(Buffer.byteLength(report)).toBeLessThan(1_000_000);
  });

  it('has every tag closed and every attribute quoted', () => {
    const empty = new Set(['meta', 'input', 'br']);
    for (const report of [desk, shop]) {
      const open: string[] = [];
      const body = report.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<!doctype html>/, '');
      for (const [tag, end, name = '', closed] of body.matchAll(
        /<(\/?)([\w-]+)(?:\s+[\w:-]+(?:="[^"<]*")?)*\s*(\/?)>/g,
      )) {
        if (end === '/') expect(open.pop(), tag).toBe(name);
        else if (closed !== '/' && !empty.has(name)) open.push(name);
      }
      expect(open).toEqual([]);
      const bare = body.replace(/<\/?[\w-]+(?:\s+[\w:-]+(?:="[^"<]*")?)*\s*\/?>/g, '');
      expect(bare.match(/[<>]/g)).toBeNull();
    }
  });

  it('draws where it happens, as the panel does, with what was measured', () => {
    expect(shop.match(/<figcaption>[^<]*<\/figcaption>/g)?.slice(0, 5)).toEqual([
      '<figcaption>deployment Production</figcaption>',
      '<figcaption>interaction Checkout</figcaption>',
      '<figcaption>interaction Browse</figcaption>',
      '<figcaption>interaction CancelOrder</figcaption>',
      '<figcaption>machine Order</figcaption>',
    ]);
    expect(shop).toMatch(/<svg class="picture"[^>]*aria-label="deployment Production"/);
    expect(shop).toContain('class="mark ribbon rim"');
  });

  it('says what was compared and swept, and gives each chart its table', () => {
    expect(desk).toContain('Rush against Usual');
    expect(desk.match(/data-verdict="worse"/g)?.length).toBeGreaterThan(1);
    expect(desk.match(/data-point=/g)).toHaveLength(12);
    expect(desk).toMatch(/class="missed-ends" d="M/);
    expect(desk).toMatch(/class="own"/);
    const body = desk.slice(desk.indexOf('</style>'));
    const sections = body.split('<section').filter((section) => /class="(?:chart|ratio)"|heat-map/.test(section));
    expect(sections.length).toBeGreaterThanOrEqual(4);
    expect(sections.filter((section) => !section.includes('<table>'))).toEqual([]);
  });

  it('is light or dark as its reader is', () => {
    expect(desk).toMatch(
      /@media \(prefers-color-scheme: light\)\{:root\{[^}]*--obs:\s*var\(--vscode-pollux-obs, #0a5fb4\)/,
    );
  });
});

describe('a template as text', () => {
  it.each([
    [
      html`<a title=${'x "y" <z>'} class="b ${1} c">${'a < b & c'}</a>`,
      '<a title="x &quot;y&quot; &lt;z&gt;" class="b 1 c">a &lt; b &amp; c</a>',
    ],
    [html`<p ?open=${true} ?hidden=${false} @click=${() => 0} .foo=${3} .value=${4}></p>`, '<p open value="4"></p>'],
    [
      html`<p .style=${'width: 3%'} id=${nothing}>${null}${nothing}${undefined}${false}${0}</p>`,
      '<p style="width: 3%">0</p>',
    ],
    [html`${['a', html`<b>${'c'}</b>`]}`, 'a<b>c</b>'],
  ])('%#', (template, text) => {
    expect(staticHtml(template)).toBe(text);
  });
});
