/** Interactions: weights and conditions of operands, lifetimes of instances. */
import type { Fragment, Interaction } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { fragmentsBelow } from './fragments-below.ts';
import { checkLifetimes } from './lifetimes.ts';
import { checkOverlaps } from './overlapping-guards.ts';
import { checkWeights } from './weights.ts';

export function checkInteraction(interaction: Interaction, report: Report): void {
  const all = [...fragmentsBelow(interaction.body)];
  for (const fragment of all) {
    if (!('operands' in fragment)) continue;
    checkWeights(fragment.operands, fragment.label, report);
    if (fragment.kind === 'alt') checkOverlaps(fragment.operands, report);
  }
  checkLifetimes(interaction, report);
}

/** The fragments that judge what is seen instead of saying what is done. */
const judging: ReadonlySet<Fragment['kind']> = new Set(['neg', 'assert', 'ignore', 'consider']);

/** The first fragment that makes the interaction a property: it is judged, and nothing generates it. */
export function judgingFragment(interaction: Interaction): Fragment | undefined {
  for (const fragment of fragmentsBelow(interaction.body)) if (judging.has(fragment.kind)) return fragment;
  return undefined;
}
