/** The page about a kind of finding, in Markdown, out of its declaration. Knows neither where pages are kept nor who links to them. */
import type { ProblemDeclaration } from './problem-declaration.ts';

export function problemPage(code: string, declaration: ProblemDeclaration): string {
  const { severity, meaning, why, source, wrong, mended, files = {} } = declaration;
  const parts = [
    `# ${code}`,
    `${severity[0]?.toUpperCase()}${severity.slice(1)}: ${meaning}`,
    why,
    ...(source === undefined ? [] : [`Source: ${source}.`]),
    ...(wrong === '' ? [] : ['## Wrong', fence(wrong), '## Mended', fence(mended)]),
    ...Object.entries(files).flatMap(([path, text]) => [`Both stand beside \`${path}\`:`, fence(text)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A line that no page can hold is cut. */
const longestLine = 200;

function fence(text: string): string {
  const lines = text.split('\n').map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
  return `\`\`\`twin\n${lines.join('\n')}\n\`\`\``;
}
