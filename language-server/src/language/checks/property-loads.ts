/** Loads start behaviours; an interaction that judges what is seen is none. Sees the whole model. */
import type { Model, Scenario } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { interactionsFrom } from './fragments-below.ts';
import { judgingFragment } from './interaction.ts';

export function checkPropertyLoads(scenario: Scenario, model: Model, report: Report): void {
  for (const load of scenario.loads) {
    for (const interaction of interactionsFrom(load.behaviour, model)) {
      const fragment = judgingFragment(interaction);
      if (fragment === undefined) continue;
      const message = `\`${interaction.name}\` judges what is seen (\`${fragment.kind}\`, line ${fragment.label.start.line + 1}): held against runs it says what is right, started as a load it says too little. Load an interaction without \`neg\`, \`assert\`, \`ignore\` and \`consider\`.`;
      report('property-as-load', load.label, message);
      break;
    }
  }
}
