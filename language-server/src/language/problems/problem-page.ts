/** The page about a kind of finding, in Markdown, out of its declaration. Knows neither where pages are kept nor who links to them. */
import type { ProblemDeclaration } from './problem-declaration.ts';

export function problemPage(code: string, declaration: ProblemDeclaration): string {
  const { severity, meaning, why, source, wrong, mended, files = {} } = declaration;
  const parts = [
    `# ${code}`,
    `${severity[0]?.toUpperCase()}${severity.slice(1)}: ${meaning}`,
    why,
    ...(source === undefined ? [] : [`Source: ${source}.`]),
    '## Wrong',
    fence(wrong),
    '## Mended',
    fence(mended),
    ...Object.entries(files).flatMap(([path, text]) => [`Both stand beside \`${path}\`:`, fence(text)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function fence(text: string): string {
  return `\`\`\`twin\n${text}\n\`\`\``;
}
