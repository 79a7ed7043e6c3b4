import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { colorVariable, contributedColors } from '../src/protocol/colors.ts';

const blocks = { dark: ':root', light: 'body.vscode-light', highContrast: 'body.vscode-high-contrast' } as const;

it('the page falls back to the very colours that the extension contributes', async () => {
  const css = await readFile(new URL('../src/panels/page.css', import.meta.url), 'utf8');
  const used = contributedColors.filter(({ id }) => css.includes(colorVariable(id)));
  expect(used.map(({ id }) => id)).toEqual(contributedColors.map(({ id }) => id));
  for (const [theme, selector] of Object.entries(blocks)) {
    const start = css.indexOf(`${selector} {`);
    const block = css.slice(start, css.indexOf('}', start));
    for (const { id, defaults } of used) {
      const value = defaults[theme as keyof typeof blocks].toLowerCase();
      expect(block, `${id} in ${theme}`).toContain(`var(${colorVariable(id)}, ${value})`);
    }
  }
});
