/**
 * The page's style as that of a report: the same rules, with the colours of the editor's default themes, light or dark as the reader's
 * system is. Knows nothing of the rules.
 */

const neutrals = {
  dark: '--vscode-foreground:#dadada;--vscode-editor-background:#1e1e1e;--vscode-textLink-foreground:#63b3ff;color-scheme:dark',
  light:
    '--vscode-foreground:#262626;--vscode-editor-background:#ffffff;--vscode-textLink-foreground:#0a5fb4;color-scheme:light',
} as const;
const fonts =
  "--vscode-editor-font-family:ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;--vscode-font-family:system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif";

/** `css`: the page's, with its imports put in. */
export function reportStyles(css: string): string {
  const light = [...css.matchAll(/body\.vscode-light(?:,[^{]*)?\s*\{([^}]*)\}/g)].map(([, rules]) => rules ?? '');
  return [
    css,
    `:root{${neutrals.dark};${fonts}}`,
    `@media (prefers-color-scheme: light){:root{${neutrals.light};${light.join(';')}}}`,
    // What the page fixes to its panel flows here.
    'html,body{height:auto;overflow:visible}',
    'body{max-width:1180px;margin:0 auto;padding:0 16px}',
    '.results{overflow:visible;padding:16px 0}',
    '.report-head{padding:20px 0 8px}.report-head h1{font:600 18px var(--ui);margin:0 0 4px}.report-head p{margin:0;color:var(--ink2)}',
    '.pictures figure{margin:0 0 20px}.pictures figcaption{font:500 13px var(--code);margin:0 0 6px}.pictures .scroll{overflow-x:auto}',
    'svg.picture{max-width:none;display:block}',
    '.strip{flex-wrap:wrap;height:auto;min-height:30px}',
    '@media print{details{display:block}.results section{break-inside:avoid}}',
  ].join('\n');
}
