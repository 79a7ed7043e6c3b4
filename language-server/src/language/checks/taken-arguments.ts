/** What the behaviours of a state take, whatever enters or leaves it brings. */
import { type Cause, compileMachine, lackingArguments, parametersOfBehaviours } from '@pollux/engine/behavior';
import type { Machine, Model, Place, Region, Transition } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

/** `whole`: all that the file sees. */
export function checkTakenArguments(machine: Machine, whole: Model, report: Report): void {
  if (!mayTake(machine, whole)) return;
  const compiled = compileMachine(whole, machine.id);
  if (compiled === null) return;
  const own = new Set(parametersOfBehaviours(machine).map(({ label }) => label));
  const ownWays = new Set(machine.regions.flatMap(transitionsIn).map(({ label }) => label));
  const ways = new Map(compiled.transitions.map(({ id, label }) => [id, label]));
  const isPart = isSubmachine(machine, whole);
  for (const { state, kind, parameters, causes } of lackingArguments(compiled)) {
    const [first] = parameters;
    const labelOf = ({ transition }: Cause): Place | undefined => ways.get(transition ?? '');
    // Who has it as a submachine begins it otherwise.
    const [cause, ...others] = causes.filter(({ transition }) => !isPart || transition !== null);
    if (first === undefined || cause === undefined) continue;
    const names = parameters.map(({ name }) => `\`${name}\``).join(' and ');
    const name = state.slice(state.lastIndexOf('.') + 1);
    const more = others.length === 0 ? '' : `, and in ${others.length} more way${others.length === 1 ? '' : 's'}`;
    const message = `\`${name}\` may be ${kind === 'exit' ? 'left' : 'entered'} ${causeText(cause, labelOf(cause))}${more}: nothing brings ${names} then, and reading ${parameters.length === 1 ? 'it' : 'them'} is an error. Give a default, or make the type optional.`;
    const at = own.has(first.label) ? first.label : causes.map(labelOf).find((label) => label && ownWays.has(label));
    if (at !== undefined) report('arguments-not-brought', at, message);
  }
}

function causeText({ transition, event }: Cause, label: Place | undefined): string {
  if (transition === null) return 'when an instance begins';
  const line = label === undefined ? '' : ` in line ${label.start.line + 1}`;
  if (event === null) return `by the transition${line}, which carries no such values`;
  return `by \`${event.slice(event.lastIndexOf('.') + 1)}\`${line}, which carries other values`;
}

/** Some behaviour of the machine, of one that it extends or of a submachine may take arguments. */
function mayTake(machine: Machine, whole: Model): boolean {
  if (parametersOfBehaviours(machine).length > 0) return true;
  const takesElsewhere = (id: string | undefined): boolean =>
    id !== undefined && whole.machines.some((other) => other.id === id && parametersOfBehaviours(other).length > 0);
  return (
    takesElsewhere(machine.extends) || machine.regions.some((region) => submachinesIn(region).some(takesElsewhere))
  );
}

function isSubmachine({ id }: Machine, whole: Model): boolean {
  return whole.machines.some(({ regions }) => regions.some((region) => submachinesIn(region).includes(id)));
}

function submachinesIn({ vertices }: Region): string[] {
  return vertices.flatMap((vertex) =>
    vertex.kind === 'state'
      ? [
          ...(vertex.submachine === undefined ? [] : [vertex.submachine.machine]),
          ...vertex.regions.flatMap(submachinesIn),
        ]
      : [],
  );
}

function transitionsIn({ vertices, transitions }: Region): Transition[] {
  return [
    ...transitions,
    ...vertices.flatMap((vertex) => (vertex.kind === 'state' ? vertex.regions.flatMap(transitionsIn) : [])),
  ];
}
