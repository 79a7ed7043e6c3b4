/** Text put into braces: further in where it has lines of its own, on the same line otherwise. */
import type { LangiumDocument } from 'langium';
import { indentAt, lineEnd } from '../../language/fixes/changes.ts';

/** `head { first … }`; `first` is put in front of the text. */
export function wrappedText(document: LangiumDocument, start: number, end: number, head: string, first = ''): string {
  const text = document.textDocument.getText();
  const inner = text.slice(start, end);
  const begin = text.lastIndexOf('\n', start - 1) + 1;
  const hasOwnLine = text.slice(begin, start).trim() === '';
  if (!hasOwnLine) return `${head} { ${first === '' ? '' : `${first} `}${inner} }`;
  const eol = lineEnd(text);
  const indent = indentAt(text, start);
  const deeper = inner.replaceAll(/\n(?=[^\r\n])/g, '\n  ');
  const lines = first === '' ? [deeper] : [first, deeper];
  return `${head} {${lines.map((line) => `${eol}${indent}  ${line}`).join('')}${eol}${indent}}`;
}
