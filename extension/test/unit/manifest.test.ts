import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { colors, commands } from '../../src/contributions.ts';
import { manifest } from '../../src/manifest.ts';

const packageJson = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

test('package.json says exactly what the declarations say', () => {
  expect(packageJson).toMatchObject(JSON.parse(JSON.stringify(manifest())));
  expect(packageJson.contributes).toEqual(JSON.parse(JSON.stringify(manifest().contributes)));
});

test('every command in a menu, a key binding or a welcome text is declared', () => {
  const { menus, keybindings, viewsWelcome } = manifest().contributes;
  const used = [
    ...Object.values(menus).flatMap((items) => items.map(({ command }) => command)),
    ...keybindings.map(({ command }) => command),
    ...viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/command:([\w.]+)/g)].map(([, id]) => id ?? '')),
  ];
  expect(used.filter((id) => !Object.hasOwn(commands, id))).toEqual([]);
});

test('an untrusted workspace is supported in part, a virtual one is not', () => {
  expect(packageJson.capabilities.untrustedWorkspaces.supported).toBe('limited');
  expect(packageJson.capabilities.virtualWorkspaces.supported).toBe(false);
});

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each([
  ['dark', '#1F1F1F'],
  ['light', '#FFFFFF'],
  ['highContrast', '#000000'],
  ['highContrastLight', '#FFFFFF'],
] as const)('text in the colours of a run reads on the %s editor', (theme, background) => {
  for (const id of ['pollux.obs', 'pollux.alert', 'pollux.better', 'pollux.worse'] as const) {
    expect(contrast(colors[id][theme], background), id).toBeGreaterThan(4.5);
  }
  expect(contrast(colors['pollux.obsfill'][theme], background)).toBeGreaterThan(3);
});
