/** A transition's label: `trigger [guard] / effect`, and how it breaks into lines. */
import type { Transition, Trigger } from '@pollux/engine/model';
import type { NameOf } from './names.ts';
import { printActions } from './print-action.ts';
import { printExpression } from './print-expression.ts';
import { printPercent, printTimeOfDay } from './print-quantity.ts';

/** The parts that may each begin a line; empty where the transition says nothing. */
export function transitionParts(transition: Transition, nameOf: NameOf): readonly string[] {
  const parts = [printTrigger(transition.trigger, nameOf)];
  if (transition.guard !== undefined) parts.push(`[${printExpression(transition.guard, nameOf)}]`);
  if (transition.isElse) parts.push('[else]');
  if (transition.weight !== undefined) parts.push(printPercent(transition.weight));
  if (transition.effect.length > 0) parts.push(`/ ${printActions(transition.effect, nameOf)}`);
  return parts.filter((part) => part !== '');
}

export function printTransition(transition: Transition, nameOf: NameOf): string {
  return transitionParts(transition, nameOf).join(' ');
}

function printTrigger(trigger: Trigger, nameOf: NameOf): string {
  switch (trigger.kind) {
    case 'signal': {
      const signals = trigger.signals.map(nameOf).join(', ');
      const bindings = trigger.bindings.map((binding) => binding.name).join(', ');
      return bindings === '' ? signals : `${signals}(${bindings})`;
    }
    case 'any':
      return 'any';
    case 'call': {
      const bindings = trigger.bindings.map((binding) => binding.name).join(', ');
      return `call ${nameOf(trigger.operation)}${bindings === '' ? '' : `(${bindings})`}`;
    }
    case 'clock':
      return `at ${printTimeOfDay(trigger.timeOfDay)}`;
    case 'time':
      return `after ${printExpression(trigger.delay, nameOf)}`;
    case 'change':
      return `when (${printExpression(trigger.condition, nameOf)})`;
    case 'completion':
    case 'none':
      return '';
  }
}

/** Joins parts while they fit, then breaks; a part too long for a line breaks at its blanks. */
export function breakLines(parts: readonly string[], longest: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + part.length <= longest) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(...breakWords(part, longest));
  }
  return lines;
}

function breakWords(text: string, longest: number): readonly string[] {
  const lines: string[] = [];
  // A number keeps its unit.
  for (const word of text.split(/ (?!(?:us|ms|s|min|h|d|%)(?!\w))/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= longest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
