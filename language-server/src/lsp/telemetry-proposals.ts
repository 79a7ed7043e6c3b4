/** Names that the running system uses, inside the quotes of a binding. Reads the text alone: a quote that is open is no tree yet. */
import { matchingName } from '@pollux/engine/observation';
import type { SeenName, TelemetryNames } from '@pollux/engine/twin';
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** The words in front of a quote, and what stands in it. */
const quoted = /\b(service|trace\s+containing\s+span|trace|span|metric|log|attribute\s*\(?)\s*"((?:\\.|[^"\\])*)$/;

/** `declarationBefore` gives the text of the declaration around the cursor, up to the cursor. */
export function telemetryProposals(
  document: TextDocument,
  position: Position,
  names: TelemetryNames | undefined,
  declarationBefore: () => string,
): CompletionItem[] {
  if (names === undefined) return [];
  const lineStart = { line: position.line, character: 0 };
  const before = document.getText({ start: lineStart, end: position });
  const found = quoted.exec(before);
  const declaration = found === null ? '' : declarationBefore();
  if (found === null || !/^twin\b/.test(declaration)) return [];
  const [, words = '', typed = ''] = found;
  const behind = document.getText({ start: position, end: { line: position.line + 1, character: 0 } });
  const { rest, closing } = restOfText(behind);
  const range = {
    start: { line: position.line, character: position.character - typed.length },
    end: { line: position.line, character: position.character + rest },
  };
  const component = /^\s*(\w+)(?:\.\w+)?\s*=/.exec(before)?.[1];
  const proposed = ofComponent(namesFor(words, names), component, declaration, names);
  return proposed.map(({ name, service, count }, index) => ({
    label: name,
    kind: CompletionItemKind.Value,
    detail: `seen ${count === 1 ? 'once' : `${count} times`}${service === undefined ? '' : ` in ${service}`}`,
    sortText: String(index).padStart(4, '0'),
    filterText: escaped(name),
    textEdit: { range, newText: `${escaped(name)}${closing}` },
  }));
}

function namesFor(words: string, names: TelemetryNames): readonly SeenName[] {
  if (words.startsWith('attribute')) return names.attributes;
  if (words.endsWith('span')) return names.spans;
  switch (words) {
    case 'service':
      return names.services;
    case 'trace':
      return names.roots;
    case 'log':
      return names.logs;
    case 'metric':
      return names.metrics;
    default:
      return [];
  }
}

/** Those of the component's own service where it is known; the same name of several services once. */
function ofComponent(
  seen: readonly SeenName[],
  component: string | undefined,
  declaration: string,
  names: TelemetryNames,
): SeenName[] {
  const service = component === undefined ? undefined : serviceOf(component, declaration, names);
  const own = service === undefined ? [] : seen.filter((each) => each.service === service);
  const found = new Map<string, SeenName>();
  for (const each of own.length > 0 ? own : seen) {
    const other = found.get(each.name);
    if (other === undefined) found.set(each.name, each);
    else found.set(each.name, { name: each.name, count: other.count + each.count });
  }
  return [...found.values()].sort((one, other) => other.count - one.count);
}

/** By the twin's own binding, else by its name. */
function serviceOf(component: string, declaration: string, { services }: TelemetryNames): string | undefined {
  const bound = new RegExp(`(?<![\\w.])${component}\\s*=\\s*service\\s*"((?:\\\\.|[^"\\\\])*)"`).exec(declaration)?.[1];
  if (bound !== undefined) return bound;
  const known = services.filter(({ name }) => matchingName(name, [component]) !== undefined);
  return known.length === 1 ? known[0]?.name : undefined;
}

/** How much of the text behind the cursor belongs to the quoted one, and the quote where it is missing. */
function restOfText(behind: string): { readonly rest: number; readonly closing: string } {
  const quotes = behind.match(/\\.|"/g)?.filter((each) => each === '"').length ?? 0;
  if (quotes % 2 === 0) return { rest: 0, closing: '"' };
  return { rest: /^(?:\\.|[^"\\])*/.exec(behind)?.[0].length ?? 0, closing: '' };
}

function escaped(name: string): string {
  return name.replace(/["\\]/g, '\\$&');
}
