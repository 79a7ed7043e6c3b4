/**
 * The frame of a page: which script and style it loads and what it may do. Nothing may run but that script, and nothing may be
 * fetched; the layout worker is started from text that the script holds. Knows nothing of what is drawn.
 */
import type { PanelKind } from '@pollux/webview/protocol';

interface PageFrame {
  readonly panel: PanelKind;
  readonly script: string;
  readonly style: string;
  /** The origin that files of the extension come from. */
  readonly source: string;
  readonly nonce: string;
}

export function pageHtml({ panel, script, style, source, nonce }: PageFrame): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source} data:`,
    'worker-src blob:',
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
</head>
<body data-panel="${panel}">
<script nonce="${nonce}" type="module" src="${script}"></script>
</body>
</html>
`;
}
