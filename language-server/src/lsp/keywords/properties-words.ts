/** Words of policies. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const propertiesWords = {
  policy: {
    meaning: 'Rules about data, calls and order, judged in the model, in simulation and live.',
    snippet: 'policy <1:Name> {\n\t$0\n}',
  },
  never: { meaning: 'What must not happen.' },
  reaches: { meaning: 'Data flows to.' },
  stays: { meaning: 'Data does not leave.' },
  only: { meaning: 'Nobody else.', snippet: 'only <1:Component> calls <2:Component>' },
  calls: { meaning: 'Calls the component or operation.' },
  before: { meaning: 'Happens earlier, in the same instance or trace.' },
  needs: { meaning: 'Does not happen without.' },
  another: { meaning: 'By somebody else: four eyes.' },
  always: { meaning: 'Every time.', snippet: 'always <1:Cause> leads to <2:Effect> within <3:1 h>' },
  leads: { meaning: 'Is followed by.' },
  'Needs.by': { meaning: 'By somebody else: four eyes.' },
  'Needs.actor': { meaning: 'By somebody else: four eyes.' },
  'Precedes.within': { meaning: 'At most so much later.' },
  'LeadsTo.within': { meaning: 'At most so much later.' },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
