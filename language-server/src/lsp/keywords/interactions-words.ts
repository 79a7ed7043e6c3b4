/** Words of interactions. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const interactionsWords = {
  interaction: {
    meaning: 'Messages between lifelines in their order; drawn as a sequence diagram (UML Interaction).',
    snippet:
      'interaction <1:Name> {\n\tactor <2:user>\n\tlifeline <3:part>: <4:Component>\n\t<2:user> -> <3:part>.<5:operation>() {\n\t\t$0\n\t}\n}',
  },
  actor: { meaning: 'Somebody or something outside the system (UML Actor).', snippet: 'actor <1:name>' },
  lifeline: {
    meaning: 'A participant of the interaction; `: Type` says what it represents (UML Lifeline).',
    snippet: 'lifeline <1:name>: <2:Component>',
  },
  within: { meaning: 'How long the call may take (UML DurationConstraint).' },
  alt: {
    meaning: 'One of several operands, by guard or weight (UML alt CombinedFragment).',
    snippet: 'alt [<1:condition>] {\n\t$2\n} else {\n\t$0\n}',
  },
  opt: { meaning: 'Happens or does not (UML opt CombinedFragment).', snippet: 'opt [<1:condition>] {\n\t$0\n}' },
  loop: {
    meaning: 'Repeats its operand between the bounds while the guard holds (UML loop CombinedFragment).',
    snippet: 'loop <1:1>..<2:3> {\n\t$0\n}',
  },
  par: {
    meaning: 'Operands run at the same time; it ends when all have (UML par CombinedFragment).',
    snippet: 'par {\n\t$1\n} and {\n\t$0\n}',
  },
  break: {
    meaning: 'Happens instead of the rest of the enclosing operand (UML break CombinedFragment).',
    snippet: 'break [<1:condition>] {\n\t$0\n}',
  },
  invariant: { meaning: 'A condition that holds at this point of the interaction (UML StateInvariant).' },
  fallback: { meaning: 'What the caller does where the call fails for good.' },
  create: { meaning: 'The instance begins here (UML create Message).', snippet: 'create <1:lifeline>' },
  destroy: { meaning: 'The instance ends here (UML DestructionOccurrence).', snippet: 'destroy <1:lifeline>' },
  from: { meaning: 'Where it begins, or who does it.' },
  critical: {
    meaning: 'Nothing else happens on these lifelines meanwhile (UML critical CombinedFragment).',
    snippet: 'critical {\n\t$0\n}',
  },
  strict: {
    meaning: 'Its operands happen one after the other on all lifelines (UML strict CombinedFragment).',
    snippet: 'strict {\n\t$1\n} and {\n\t$0\n}',
  },
  seq: {
    meaning: 'Its operands happen in order on each lifeline (UML seq CombinedFragment, weak sequencing).',
    snippet: 'seq {\n\t$1\n} and {\n\t$0\n}',
  },
  neg: { meaning: 'Must never happen; judged only (UML neg CombinedFragment).', snippet: 'neg {\n\t$0\n}' },
  'Assertion.assert': { meaning: 'Nothing else may happen here; judged only (UML assert CombinedFragment).' },
  ignore: {
    meaning: 'These messages do not count inside; judged only (UML ignore CombinedFragment).',
    snippet: 'ignore <1:Signal> {\n\t$0\n}',
  },
  consider: {
    meaning: 'Only these messages count inside; judged only (UML consider CombinedFragment).',
    snippet: 'consider <1:Signal> {\n\t$0\n}',
  },
  'Par.and': { meaning: 'The next operand.' },
  'Strict.and': { meaning: 'The next operand.' },
  'Seq.and': { meaning: 'The next operand.' },
  'Work.takes': {
    meaning: 'Time on a core at this place instead of at the beginning.',
    snippet: 'takes <1:exp(2 ms)>',
  },
  'Work.delays': { meaning: 'Time without a core at this place.', snippet: 'delays <1:50 ms>' },
  'Consumer.on': {
    meaning: 'What follows a publication: the message is delivered to the operation.',
    snippet: 'on <1:Broker>.<2:topic> -> <3:lifeline>.<4:operation>()',
  },
  'Within.for': { meaning: 'The share of calls that must keep to it.' },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
