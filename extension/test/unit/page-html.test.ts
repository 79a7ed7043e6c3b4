import { expect, test } from 'vitest';
import { pageHtml } from '../../src/page/page-html.ts';

const html = pageHtml({
  panel: 'results',
  script: 'https://files/page.js',
  style: 'https://files/page.css',
  source: 'https://files',
  nonce: 'n0nce',
});
const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));

test('nothing is allowed but what is listed', () => expect(rules.get('default-src')).toBe("'none'"));

test('only the script with the nonce runs, and no text becomes code', () => {
  expect(rules.get('script-src')).toBe("'nonce-n0nce'");
  expect(policy).not.toContain('unsafe-eval');
  expect([...html.matchAll(/<script/g)]).toHaveLength(1);
});

test('a page fetches nothing, and its worker is a blob', () => {
  expect(rules.has('connect-src')).toBe(false);
  expect(rules.get('worker-src')).toBe('blob:');
});

test('the page knows which panel it is', () => expect(html).toContain('data-panel="results"'));
