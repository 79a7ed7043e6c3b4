/** Expectations of a scenario for CI servers: missed is a failure, undecided is skipped with the reason, a scenario that cannot run is an error. */
import type { Model } from '@pollux/engine/model';
import { isShare, worstWindowText } from '@pollux/engine/property';
import type { JudgedExpectation, SimulationResult } from '@pollux/engine/simulation';
import { shownPath } from '../read-model.ts';
import { figure } from './figures.ts';
import { type JunitCase, junit } from './junit.ts';

export function junitOfExpectations(result: SimulationResult, model: Model, folder: string): string {
  const scenario = model.scenarios.find(({ id }) => id === result.scenario);
  const line = (scenario?.label.start.line ?? 0) + 1;
  const broken = result.findings
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ code, message }): JunitCase => ({
        name: code,
        classname: result.scenario,
        line,
        trouble: { kind: 'error', type: code, message, text: message },
      }),
    );
  const judged = result.expectations.map((one) => caseOf(result.scenario, one));
  const name = shownPath(scenario?.place.uri ?? model.uri, folder);
  return junit([{ name, cases: [...broken, ...judged] }]);
}

function caseOf(classname: string, judged: JudgedExpectation): JunitCase {
  const { text, line, verdict, reason = '' } = judged;
  const common = { name: text, classname, line };
  const found = `It was ${[figure(judged, isShare(text)), worstWindowText(judged)].join(' ').trim()}.`;
  switch (verdict) {
    case 'met':
      return common;
    case 'missed':
      return {
        ...common,
        trouble: { kind: 'failure', type: verdict, message: `${text} is missed. ${found}`, text: found },
      };
    case 'undecided':
      return { ...common, trouble: { kind: 'skipped', type: verdict, message: reason, text: found } };
  }
}
