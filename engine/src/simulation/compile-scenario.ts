/**
 * Model and scenario → what replications run: the program of the loaded interactions, the layout of the deployment, the
 * compiled machines. Done once; what cannot be run is said as findings.
 */
import { flatten, type Program } from '../behavior/interaction/index.ts';
import { type CompiledMachine, compileMachine } from '../behavior/machine/index.ts';
import { compileExpression, type Evaluate, slotScope } from '../expressions/index.ts';
import type { ElementId, Interaction, Load, Model, Scenario } from '../model/index.ts';
import { durationFiller, type Filler, meanOf, SECOND } from '../numeric/index.ts';
import { type Layout, layout } from './layout.ts';
import { missingValues } from './missing-values.ts';
import { notSimulated } from './not-executable/index.ts';
import type { Finding } from './result.ts';

export interface CompiledScenario {
  readonly model: Model;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly replications: number;
  readonly program: Program;
  readonly layout: Layout;
  readonly loads: readonly CompiledLoad[];
  readonly machines: readonly CompiledMachine[];
  /** Machines whose instances some lifeline asks for by key. */
  readonly keyed: ReadonlySet<ElementId>;
  readonly findings: readonly Finding[];
}

/** Each user of a closed load is an event of the calendar at least. */
const USER_LIMIT = 500_000;

export interface CompiledLoad {
  readonly load: Load;
  /** Index in `program.interactions`. */
  readonly interaction: number;
  /** Time between arrivals, or a user's thinking. */
  readonly gap: Filler;
  /** 0: an open load. */
  readonly users: number;
  /** By parameter of the interaction. */
  readonly values: readonly Evaluate[];
  /** Names of the random sources that the values draw from. */
  readonly sources: readonly string[];
}

export interface SimulationOptions {
  /** In place of the scenario's own. */
  readonly seed?: number | undefined;
  readonly replications?: number | undefined;
}

/** `value` is null where the scenario cannot be run at all; the problems then say why. */
export function compileScenario(
  model: Model,
  scenarioId: ElementId,
  options: SimulationOptions = {},
): { readonly value: CompiledScenario | null; readonly problems: readonly Finding[] } {
  const scenario = model.scenarios.find((candidate) => candidate.id === scenarioId);
  if (scenario === undefined) {
    const message = `The model has no scenario ${scenarioId}.`;
    return { value: null, problems: [{ code: 'unknown-scenario', severity: 'error', element: scenarioId, message }] };
  }
  const findings: Finding[] = [];
  const report = (code: string, severity: Finding['severity'], element: ElementId, message: string): void => {
    findings.push({ code, severity, element, message });
  };
  const interactions = loadedInteractions(model, scenario, report);
  findings.push(...missingValues(model, scenario, interactions), ...notSimulated(model, scenario, interactions));
  checkTimes(scenario, report);
  const deployment = model.deployments.find((candidate) => candidate.id === scenario.deployment);
  if (scenario.deployment !== undefined && deployment === undefined) {
    report('unknown-deployment', 'error', scenario.id, `The model has no deployment ${scenario.deployment}.`);
  }
  if (findings.some((finding) => finding.severity === 'error')) return { value: null, problems: findings };

  const program = flatten(model, interactions);
  const machineIds = new Set(program.interactions.flatMap(({ machines }) => machines.map(({ machine }) => machine)));
  const compiled = [...machineIds].map((id) => compileMachine(model, id)).filter((machine) => machine !== null);
  const keyed = program.interactions.flatMap(({ machines }) =>
    machines.filter(({ key }) => key !== null).map(({ machine }) => machine),
  );
  const places = layout(deployment);
  checkPlacement(model, program, places, deployment !== undefined, report);
  const value: CompiledScenario = {
    model,
    scenario,
    seed: options.seed ?? scenario.seed,
    replications: atLeastOne(options.replications ?? scenario.replications),
    program,
    layout: places,
    loads: scenario.loads.flatMap((load) => compileLoad(load, program) ?? []),
    machines: compiled,
    keyed: new Set(keyed),
    findings,
  };
  return { value, problems: findings };
}

function atLeastOne(count: number): number {
  return count >= 1 ? Math.floor(count) : 1;
}

type Report = (code: string, severity: Finding['severity'], element: ElementId, message: string) => void;

function loadedInteractions(model: Model, scenario: Scenario, report: Report): readonly Interaction[] {
  if (scenario.loads.length === 0) report('no-load', 'error', scenario.id, `${scenario.name} has no load.`);
  const loaded: Interaction[] = [];
  for (const load of scenario.loads) {
    const interaction = model.interactions.find((candidate) => candidate.id === load.behaviour);
    if (interaction === undefined) {
      report('unknown-behaviour', 'error', load.id, `${load.behaviour} is no interaction that a load can start.`);
    } else if (!loaded.includes(interaction)) loaded.push(interaction);
    checkArrivals(load, report);
  }
  return loaded;
}

function checkArrivals(load: Load, report: Report): void {
  const { arrivals } = load;
  if (arrivals.kind === 'poisson' && !(arrivals.rate > 0 && Number.isFinite(arrivals.rate))) {
    report('empty-load', 'error', load.id, 'This load has no arrivals: its rate is not above 0.');
  }
  if (arrivals.kind === 'renewal' && meanOf(arrivals.gap) <= 0) {
    report('endless-load', 'error', load.id, 'This load has no time between its arrivals.');
  }
  if (arrivals.kind === 'closed' && !(arrivals.users >= 1)) {
    report('empty-load', 'error', load.id, 'This load has no users.');
  }
  if (arrivals.kind === 'closed' && arrivals.users > USER_LIMIT) {
    report(
      'too-many-users',
      'error',
      load.id,
      `More than ${USER_LIMIT} users of a load cannot be simulated one by one.`,
    );
  }
}

function checkTimes(scenario: Scenario, report: Report): void {
  if (!(scenario.duration > 0))
    report('no-duration', 'error', scenario.id, `${scenario.name} runs for no time at all.`);
  else if (!(scenario.warmup < scenario.duration)) {
    report('no-duration', 'error', scenario.id, 'The warm-up leaves no time to measure.');
  }
}

function checkPlacement(model: Model, program: Program, places: Layout, hasDeployment: boolean, report: Report): void {
  if (!hasDeployment) return;
  const external = new Set(model.components.filter((component) => component.external).map(({ id }) => id));
  const homeless = new Set<ElementId>();
  for (const { component, takes } of program.messages) {
    if (component === null || takes === null || external.has(component) || places.replicasOf.has(component)) continue;
    homeless.add(component);
  }
  for (const component of homeless) {
    const name = model.components.find(({ id }) => id === component)?.name ?? component;
    report('not-deployed', 'warning', component, `${name} is not deployed: its work meets no contention.`);
  }
}

function compileLoad(load: Load, program: Program): CompiledLoad | undefined {
  const target = program.interactions.find(({ interaction }) => interaction.id === load.behaviour);
  if (target === undefined) return undefined;
  const sources: string[] = [];
  const given = new Map(load.arguments.map((argument) => [argument.parameter, argument.value]));
  const values = target.interaction.parameters.map((parameter, index): Evaluate => {
    const value = given.get(parameter.id);
    if (value === undefined || !target.isUsed[index]) return () => null;
    let draws = 0;
    return compileExpression(
      value,
      slotScope([], () => sources.push(`${load.id}/${parameter.name}/${++draws}`) - 1),
    );
  });
  const { arrivals } = load;
  return { load, interaction: target.index, gap: gapOf(arrivals), users: usersOf(arrivals), values, sources };
}

function gapOf(arrivals: Load['arrivals']): Filler {
  switch (arrivals.kind) {
    case 'poisson':
      return durationFiller({ kind: 'exponential', mean: SECOND / arrivals.rate });
    case 'renewal':
      return durationFiller(arrivals.gap);
    case 'closed':
      return durationFiller(arrivals.thinking);
    case 'ramp':
    case 'pattern':
      // The area under the rate between two arrivals.
      return durationFiller({ kind: 'exponential', mean: 1 });
    case 'replay':
    case 'observed':
      throw new Error(`arrivals of kind ${arrivals.kind} were not refused`);
  }
}

function usersOf(arrivals: Load['arrivals']): number {
  return arrivals.kind === 'closed' ? Math.floor(arrivals.users) : 0;
}
