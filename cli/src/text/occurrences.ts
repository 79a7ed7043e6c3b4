/** What a stepped machine does, one line an occurrence: as JSON for scripts, in words for people. Times are seconds since it was created. */
import type { Occurrence } from '@pollux/engine/behavior';
import type { Value } from '@pollux/engine/model';
import { formatSeconds } from '@pollux/engine/numeric';
import { shownPath } from '../read-model.ts';
import type { ElementNames } from './element-names.ts';
import type { Paint } from './paint.ts';

const SECOND = 1e6;

export function occurrenceJson(occurrence: Occurrence, folder: string): string {
  const { kind, element } = occurrence;
  const known = { kind, element, time: occurrence.time / SECOND };
  switch (occurrence.kind) {
    case 'log':
      return JSON.stringify({ ...known, text: occurrence.text });
    case 'send': {
      const { values, to, key, delay } = occurrence;
      const whom = key === undefined ? { to } : { to, key };
      return JSON.stringify({ ...known, ...whom, args: byName(values), delay: delay / SECOND });
    }
    case 'call':
      return JSON.stringify({ ...known, args: byName(occurrence.values), value: occurrence.reply });
    case 'reply':
      return JSON.stringify({ ...known, value: occurrence.value });
    case 'error': {
      const { code, message, place } = occurrence.problem;
      const { line, character } = place.start;
      const where = { file: shownPath(place.uri, folder), line: line + 1, column: character + 1 };
      return JSON.stringify({ ...known, code, message, ...where });
    }
    default:
      return JSON.stringify(known);
  }
}

export function occurrenceText(occurrence: Occurrence, names: ElementNames, folder: string, paint: Paint): string {
  const at = paint.quiet(`${formatSeconds(occurrence.time / SECOND)}`.padStart(9));
  const { kind } = occurrence;
  return `${at}  ${paint.strong(kind.padEnd(10))} ${said(occurrence, names, folder, paint)}`.trimEnd();
}

function said(occurrence: Occurrence, names: ElementNames, folder: string, paint: Paint): string {
  const name = names.of(occurrence.element);
  switch (occurrence.kind) {
    case 'log':
      return `${occurrence.text}  ${paint.quiet(name)}`;
    case 'send':
      return `${name}${argumentsText(byName(occurrence.values))} to ${occurrence.to}${keyText(occurrence.key)}`;
    case 'call':
      return `${name}${argumentsText(byName(occurrence.values))}${occurrence.reply === null ? '' : `: ${JSON.stringify(occurrence.reply)}`}`;
    case 'reply':
      return `${name}: ${JSON.stringify(occurrence.value)}`;
    case 'error': {
      const { message, place } = occurrence.problem;
      const { line, character } = place.start;
      return `${shownPath(place.uri, folder)}:${line + 1}:${character + 1} ${paint.bad(message)}`;
    }
    default:
      return name;
  }
}

function keyText(key: Value | undefined): string {
  return key === undefined ? '' : `(${JSON.stringify(key)})`;
}

/** The values of attributes by their plain names. */
function byName(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id.slice(id.lastIndexOf('.') + 1), value]));
}

export function argumentsText(args: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(args).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return parts.length === 0 ? '' : `(${parts.join(', ')})`;
}
