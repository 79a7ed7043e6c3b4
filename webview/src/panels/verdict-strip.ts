/** Expectations in one line: mark, measure, value; the bound follows the value. */

import { formatInterval, formatValue } from '@pollux/engine/numeric';
import { isShare } from '@pollux/engine/property';
import type { JudgedExpectation } from '@pollux/engine/simulation';
import type { TwinVerdict } from '@pollux/engine/twin';
import { html, nothing, type TemplateResult } from 'lit';
import { verdictSign } from './signs.ts';

export function verdictStrip(
  verdicts: readonly (JudgedExpectation | TwinVerdict)[],
  stale: boolean,
): TemplateResult | typeof nothing {
  if (verdicts.length === 0) return nothing;
  return html`<div class="strip verdicts">${verdicts.map((each) => verdict(each, stale))}</div>`;
}

function verdict(judged: JudgedExpectation | TwinVerdict, stale: boolean): TemplateResult {
  const { measure, bound } = parted(judged.text);
  const decided = stale ? 'undecided' : judged.verdict;
  const reason = stale ? 'the source is silent' : judged.reason;
  const look = decided === 'missed' ? 'alert' : decided === 'undecided' ? 'ink2' : 'obs';
  return html`<span class="verdict" data-verdict=${decided} title="${judged.text}: ${decided}${reason === undefined ? '' : `, ${reason}`}">
    ${verdictSign(decided)} <span class="code">${measure}</span> <span class="value ${look}">${judgedValue(judged)}</span>
    <span class="ink2">${bound}</span>
  </span>`;
}

export function judgedValue(judged: JudgedExpectation | TwinVerdict): string {
  const { value, unit } = judged;
  if (value === null) return judged.verdict === 'undecided' ? (judged.reason ?? 'undecided') : '?';
  const share = isShare(judged.text);
  if ('lower' in judged && judged.lower !== null && judged.upper !== null) {
    return formatInterval(value, judged.lower, judged.upper, unit, share);
  }
  return formatValue(value, unit, share);
}

/** `p95(Checkout) < 400 ms` → what is measured, and the demand on it. */
export function parted(text: string): { readonly measure: string; readonly bound: string } {
  const found = /\s(?:<=|>=|<|>|within)\s/.exec(text);
  return found === null
    ? { measure: text, bound: '' }
    : { measure: text.slice(0, found.index), bound: text.slice(found.index + 1) };
}
