/** Interactions: weights of operands, actions that fit. */
import type { Fragment, Interaction } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { checkWeights } from './weights.ts';

export function checkInteraction(interaction: Interaction, report: Report): void {
  for (const fragment of interaction.body) checkFragment(fragment, report);
}

function checkFragment(fragment: Fragment, report: Report): void {
  if (fragment.kind === 'message') for (const inner of fragment.execution) checkFragment(inner, report);
  if (!('operands' in fragment)) return;
  checkWeights(fragment.operands, fragment.label, report);
  for (const operand of fragment.operands) for (const inner of operand.body) checkFragment(inner, report);
}
