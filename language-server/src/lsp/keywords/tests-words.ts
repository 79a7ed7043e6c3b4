/** Words of tests. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const testsWords = {
  test: {
    meaning: 'A deterministic run of one behaviour with what is expected of it (UML Testing Profile).',
    snippet: 'test <1:name> of <2:Machine> {\n\tsend <3:Signal>\n\texpect in(<4:State>)\n}',
  },
  'InEveryOrder.in': { meaning: 'In every order that UML leaves open.' },
  'InEveryOrder.every': { meaning: 'In every order that UML leaves open.' },
  order: { meaning: 'In every order that UML leaves open.' },
  given: {
    meaning: 'What a stand-in answers for an operation.',
    snippet: 'given <1:Component>.<2:operation> returns <3:true>',
  },
  ended: { meaning: 'The run has come to its end.' },
  'TestWait.after': { meaning: 'Time passes.' },
  'TestExpectation.expect': { meaning: 'What must hold at this point.', snippet: 'expect in(<1:State>)' },
  'Never.never': { meaning: 'What must not hold at any point of the run.' },
  'TestSend.send': { meaning: 'The event that comes next.' },
  'TestCall.call': { meaning: 'The call that comes next.' },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
