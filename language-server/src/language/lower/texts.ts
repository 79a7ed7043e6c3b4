/** Texts in quotes that stand for something outside the model: names in telemetry, addresses, files, times of day. */
import type { AstNode } from 'langium';
import { readTimeOfDay } from '../quantities/clock.ts';
import { type Lowering, placeOfProperty } from './lowering.ts';

/** Reports an empty text; `what` says what should stand there, with an example. */
export function lowerText(
  lowering: Lowering,
  node: AstNode,
  property: string,
  text: string | undefined,
  what: string,
): string {
  if (text !== undefined && text.trim() === '') {
    lowering.report('wrong-text', placeOfProperty(lowering, node, property), `The text is empty. Write ${what}.`);
  }
  return text ?? '';
}

/** Microseconds since midnight; undefined where it is none. */
export function lowerTimeOfDay(
  lowering: Lowering,
  node: AstNode,
  property: string,
  text: string | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  const time = readTimeOfDay(text);
  if (time === undefined) {
    const message = 'A time of day is written `"18:00"`, from `"00:00"` to `"24:00"`.';
    lowering.report('out-of-range', placeOfProperty(lowering, node, property), message);
  }
  return time;
}

/**
 * An address on the web. One without encryption that leaves this machine is a warning: whoever sits between may read and change
 * what passes.
 */
export function lowerAddress(
  lowering: Lowering,
  node: AstNode,
  property: string,
  text: string | undefined,
  example: string,
): string {
  const url = parseUrl(text);
  const place = placeOfProperty(lowering, node, property);
  if (text === undefined) return '';
  if (url === undefined) {
    lowering.report('wrong-text', place, `This is no address on the web. Write one such as \`"${example}"\`.`);
  } else if (url.scheme === 'http' && !isLoopback(url.host)) {
    const message = `What goes to \`${url.host}\` is not encrypted: whoever sits between can read and change it. Write \`https://\`.`;
    lowering.report('not-encrypted', place, message);
  }
  return text;
}

interface Address {
  readonly scheme: 'http' | 'https';
  readonly host: string;
}

function parseUrl(text: string | undefined): Address | undefined {
  const parts = /^(https?):\/\/(?:[^\s/?#@]*@)?(\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(?::(\d{1,5}))?(?:[/?#]\S*)?$/i.exec(
    text?.trim() ?? '',
  );
  if (parts === null || Number(parts[3] ?? 1) > 65535 || Number(parts[3] ?? 1) < 1) return undefined;
  return { scheme: parts[1]?.toLowerCase() === 'http' ? 'http' : 'https', host: (parts[2] ?? '').toLowerCase() };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
