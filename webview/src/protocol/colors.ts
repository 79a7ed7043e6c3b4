/**
 * The hues of the overlays, as colours a theme may change. Declared once: the extension's contributions and the page's
 * own defaults derive from this table. Neutrals are not here: they are mixed from the theme's foreground and background.
 */
interface ContributedColor {
  readonly id: string;
  readonly description: string;
  readonly defaults: {
    readonly dark: string;
    readonly light: string;
    readonly highContrast: string;
    readonly highContrastLight: string;
  };
}

function color(name: string, description: string, dark: string, light: string, highContrast: string): ContributedColor {
  return { id: `pollux.${name}`, description, defaults: { dark, light, highContrast, highContrastLight: light } };
}

export const contributedColors: readonly ContributedColor[] = [
  color('obs', 'What was measured in a run, live or simulated: text, line, dot.', '#63B3FF', '#0A5FB4', '#4FC3FF'),
  color('obsfill', 'Bar of a measured magnitude.', '#3C7FBF', '#4A8ECC', '#2B9AD8'),
  color('obsribbon', 'Rate under a line.', '#2C5478', '#BCD9F3', '#0F5A86'),
  color('alert', 'A contradiction, a missed expectation.', '#FF9557', '#BA4300', '#FFB066'),
  color('better', 'Better than the base run.', '#4FE0AE', '#047548', '#5CFFC0'),
  color('worse', 'Worse than the base run.', '#EBC2F0', '#46205E', '#FFD6FF'),
];

/** `pollux.obs` → `--vscode-pollux-obs`. */
export function colorVariable(id: string): string {
  return `--vscode-${id.replaceAll('.', '-')}`;
}
