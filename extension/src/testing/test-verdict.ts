/** What a result says in the Test Explorer. Knows nothing of VS Code. */

import { durationText } from '@pollux/engine/expressions';
import type { Place } from '@pollux/engine/model';
import type { TestResult } from '@pollux/engine/testing';

type ShownVerdict =
  | { readonly kind: 'passed' }
  | {
      /** What leaves the test open is no failure of the model: the test is to be mended. */
      readonly kind: 'failed' | 'errored';
      readonly message: string;
      readonly expected: string | null;
      readonly found: string | null;
      readonly place: Place | null;
    };

export function shownVerdict({ verdict, message, expected, found, place }: TestResult): ShownVerdict {
  switch (verdict) {
    case 'pass':
      return { kind: 'passed' };
    case 'fail':
      return { kind: 'failed', message, expected, found, place };
    case 'inconclusive':
      return { kind: 'errored', message: `Inconclusive. ${message}`, expected, found, place };
    case 'error':
      return { kind: 'errored', message, expected, found, place };
  }
}

/** What happened, as a terminal shows it. */
export function runOutput({ name, verdict, outcomes, trace }: TestResult): string {
  const ways = outcomes > 1 ? `, ${outcomes} ways` : '';
  const lines = trace.map(({ time, text }) => `${durationText(time).padStart(12)}  ${text}`);
  return [`${name}: ${verdict}${ways}`, ...lines, ''].map((line) => `${line}\r\n`).join('');
}
