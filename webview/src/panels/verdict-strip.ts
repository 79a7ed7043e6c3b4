/** Expectations in one line: mark, measure, value; the bound follows the value. */

import { formatInterval, formatValue, unknown } from '@pollux/engine/numeric';
import { isShare, worstWindowText } from '@pollux/engine/property';
import type { JudgedExpectation, LiveVerdict } from '@pollux/engine/simulation';
import type { TwinVerdict } from '@pollux/engine/twin';
import { html, nothing, type TemplateResult } from 'lit';
import { verdictSign } from './signs.ts';

type Judged = JudgedExpectation | TwinVerdict | LiveVerdict;

/** `at`: the moment of a live run until which it is so. */
export function verdictStrip(verdicts: readonly Judged[], stale: boolean, at = ''): TemplateResult | typeof nothing {
  if (verdicts.length === 0) return nothing;
  return html`<div class="strip verdicts">${at === '' ? nothing : html`<span class="ink2">${at}</span>`} ${verdicts.map((each) => verdict(each, stale, at !== ''))}</div>`;
}

/** `isBrief`: there is no room for the reason, which is in the title. */
function verdict(judged: Judged, stale: boolean, isBrief: boolean): TemplateResult {
  const { measure, bound } = parted(judged.text);
  const decided = stale ? 'undecided' : judged.verdict;
  const window = 'window' in judged ? worstWindowText(judged) : '';
  const reason = stale ? 'the source is silent' : (judged.reason ?? (window === '' ? undefined : window));
  const look = decided === 'missed' ? 'alert' : decided === 'undecided' ? 'ink2' : 'obs';
  return html`<span class="verdict" data-verdict=${decided} title="${judged.text}: ${decided}${reason === undefined ? '' : `, ${reason}`}">
    ${verdictSign(decided)} <span class="code">${measure}</span> <span class="value ${look}">${isBrief && judged.value === null ? unknown : judgedValue(judged)}</span>
    <span class="ink2">${bound}</span>
  </span>`;
}

export function judgedValue(judged: Judged): string {
  const { value, unit } = judged;
  const share = isShare(judged.text);
  if (value === null && 'lower' in judged && judged.lower !== null)
    return `≥ ${formatValue(judged.lower, unit, share)}`;
  if (value === null) return judged.verdict === 'undecided' ? (judged.reason ?? 'undecided') : '?';
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
