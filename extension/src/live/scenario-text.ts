/** A live run as the text of a scenario: the one that was run, with a name of its own and what was done by hand. Knows nothing of editors. */
import type { Model, Scenario } from '@pollux/engine/model';
import type { LiveInput } from '@pollux/engine/simulation';
import { printTimelineEvent } from '@pollux/webview/diagram';

/** `source`: the text of the scenario as it stands, from its keyword to its last brace. */
export function scenarioText(source: string, scenario: Scenario, inputs: readonly LiveInput[], model: Model): string {
  const name = freeName(`${scenario.name}Live`, model);
  const renamed = source.replace(new RegExp(`^(scenario\\s+)${scenario.name}\\b`), `$1${name}`);
  const end = renamed.lastIndexOf('}');
  const body = renamed.slice(0, end).trimEnd();
  const lines = inputs.map(({ time, change }) => `  ${printTimelineEvent(time, change, model)}`);
  return `${body}\n${lines.join('\n')}\n}\n`;
}

function freeName(wanted: string, model: Model): string {
  const taken = new Set(model.scenarios.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}
