/** Words of actions. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const actionsWords = {
  send: { meaning: 'Sends a signal without waiting (UML SendSignalAction).', snippet: 'send <1:Signal> to <2:self>' },
  raise: { meaning: 'Sends a signal to this machine itself.' },
  log: { meaning: 'Writes a line; `{name}` stands for a variable.', snippet: 'log "$1"' },
  assert: { meaning: 'A condition that must hold here; a run where it does not stops with an error.' },
  return: { meaning: 'Ends the execution and replies with the value (UML reply Message).' },
  call: {
    meaning: 'Calls an operation and waits for the reply (UML CallOperationAction).',
    snippet: 'call <1:Component>.<2:operation>(<3:>)',
  },
  to: { meaning: 'Where it goes, or ends.' },
  delayed: { meaning: 'Sent after that time.' },
  self: { meaning: 'The machine, activity or lifeline that acts.' },
  sender: { meaning: 'Whoever sent the event that is being handled.' },
  'ForAction.for': {
    meaning: 'Runs the block once for each value (UML LoopNode).',
    snippet: 'for <1:item> in <2:items> {\n\t$0\n}',
  },
  'IfAction.if': {
    meaning: 'Runs the block where the condition holds (UML ConditionalNode).',
    snippet: 'if <1:condition> {\n\t$0\n}',
  },
  while: {
    meaning: 'Repeats the block while the condition holds (UML LoopNode).',
    snippet: 'while <1:condition> {\n\t$0\n}',
  },
  for: { meaning: 'How long, or of how many.' },
  in: { meaning: 'Of what, or where.' },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
