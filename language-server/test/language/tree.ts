/** Syntax trees as short text, for goldens: types and values, no places. */
import type { LangiumDocument } from 'langium';
import { AstUtils, EmptyFileSystem, URI } from 'langium';
import { createTwinServices } from '../../src/language/services.ts';

const services = createTwinServices(() => EmptyFileSystem.fileSystemProvider());

export interface Parsed {
  readonly tree: string;
  readonly syntaxErrors: readonly string[];
  readonly document: LangiumDocument;
}

export function parse(text: string): Parsed {
  const document = services.shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse('file:///tree.twin'));
  const { value, parserErrors, lexerErrors } = document.parseResult;
  const syntaxErrors = [...lexerErrors, ...parserErrors].map((error) => error.message);
  return { tree: show(value), syntaxErrors, document };
}

/** How many nodes of a type the text has. */
export function count(text: string, type: string): number {
  return AstUtils.streamAst(parse(text).document.parseResult.value)
    .filter((node) => node.$type === type)
    .count();
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.map(show).join(' ');
  if (typeof value !== 'object' || value === null) return String(value);
  if ('$refText' in value) return String(value.$refText);
  const node = value as Record<string, unknown> & { $type: string };
  if (node.$type === 'Path')
    return (node.steps as { to: { $refText: string } }[]).map((step) => step.to?.$refText).join('.');
  const parts = Object.entries(node)
    .filter(([key, item]) => !key.startsWith('$') && item !== undefined && item !== false)
    .filter(([, item]) => !(Array.isArray(item) && item.length === 0))
    .map(([key, item]) => `${key}=${show(item)}`)
    .sort();
  return `(${[node.$type, ...parts].join(' ')})`;
}
