/**
 * Model and scenario → what replications run: the program of the loaded interactions, the layout of the deployment, the
 * compiled machines. Done once; what cannot be run is said as findings.
 */
import {
  type ActivityProgram,
  type CompiledMachine,
  type CostVariants,
  compileActivities,
  flatten,
  type Program,
} from '../behavior/index.ts';
import { compileExpression, type DataTypes, dataTypesOf, type Evaluate, slotScope } from '../expressions/index.ts';
import type { Deployment, ElementId, Interaction, Load, Model, Scenario, SeenArrivals } from '../model/index.ts';
import {
  durationFiller,
  type Filler,
  formatCount,
  formatSeconds,
  formatShare,
  meanOf,
  type RandomStream,
  SECOND,
  toSeconds,
} from '../numeric/index.ts';
import type { StateActivity } from './activities/do-activities.ts';
import { setInMotion } from './activities/set-in-motion.ts';
import { addressed, answersSenders } from './addressed-machines.ts';
import { type ArrivalRate, arrivalRate } from './arrival-rate.ts';
import { batchFiller } from './batch-sizes.ts';
import { asDeployed, costVariants, mayChange, roomFor, versionsIn, withAllInputs } from './changes/index.ts';
import { type Layout, layout } from './layout.ts';
import { factoredRate, factorSteps } from './load-factors.ts';
import { loadsOf, type TimedLoad } from './loads-of.ts';
import { missingValues } from './missing-values.ts';
import { notSimulated } from './not-executable/index.ts';
import { observedFrom, THURSDAY } from './observed-from.ts';
import { MOST_COPIES, observedGaps } from './observed-gaps.ts';
import { replicasToHold } from './replicas-to-hold.ts';
import type { Finding } from './result.ts';
import { REPLICA_LIMIT, USER_LIMIT } from './run-limits.ts';
import { type BackgroundStream, backgroundsOf } from './stations/index.ts';
import { wallClock } from './wall-clock.ts';

export interface CompiledScenario {
  readonly model: Model;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly replications: number;
  /** The interactions that loads start, then those that do the work of actions. */
  readonly program: Program;
  /** How many of the program's interactions loads start. */
  readonly loaded: number;
  readonly activities: ActivityProgram;
  /** Which of the activities are those of states. */
  readonly ofStates: readonly StateActivity[];
  readonly layout: Layout;
  readonly backgrounds: readonly BackgroundStream[];
  readonly loads: readonly CompiledLoad[];
  readonly machines: readonly CompiledMachine[];
  /** Machines whose instances some lifeline asks for by key. */
  readonly keyed: ReadonlySet<ElementId>;
  /** Somebody sends something back to who sent a signal. */
  readonly answersSenders: boolean;
  /** What stands may change while it runs. */
  readonly mayChange: boolean;
  /** Somebody has it in hand: what lies ahead on its timeline may be written anew while it runs. */
  readonly takesInputs: boolean;
  /** Versions and costs that may come to be. */
  readonly variants: CostVariants;
  readonly findings: readonly Finding[];
}

interface CompiledLoad {
  readonly load: Load;
  /** What the names of its random sources begin with: the same in every scenario, so that two of them can share their luck. */
  readonly luck: string;
  /** Index in `program.interactions`; -1 where it starts an activity. */
  readonly interaction: number;
  /** Index in `activities`; -1 where it starts an interaction. */
  readonly activity: number;
  /** Time between arrivals, a user's thinking, or where the rate changes the arrivals expected until the next one. */
  readonly gap: Filler;
  /** How many come at a time; null: one. */
  readonly batch: Filler | null;
  /** Null where the rate does not change. */
  readonly rate: ArrivalRate | null;
  /** When it begins and ends, microseconds. */
  readonly from: number;
  readonly until: number;
  /** 0: an open load. */
  readonly users: number;
  /** How many users there are from a time on, where that changes. */
  readonly userSteps: readonly { readonly time: number; readonly users: number }[];
  /** By parameter of what it starts. */
  readonly values: readonly Evaluate[];
  /** Names of the random sources that the values draw from. */
  readonly sources: readonly string[];
}

export interface SimulationOptions {
  /** In place of the scenario's own. */
  readonly seed?: number | undefined;
  readonly replications?: number | undefined;
  /** Keeps what a person needs who changes the run while it goes on. */
  readonly takesInputs?: boolean;
}

/** `value` is null where the scenario cannot be run at all; the problems then say why. */
export function compileScenario(
  written: Model,
  scenarioId: ElementId,
  options: SimulationOptions = {},
): { readonly value: CompiledScenario | null; readonly problems: readonly Finding[] } {
  const scenario = written.scenarios.find((candidate) => candidate.id === scenarioId);
  if (scenario === undefined) {
    const message = `The model has no scenario ${scenarioId}.`;
    return { value: null, problems: [{ code: 'unknown-scenario', severity: 'error', element: scenarioId, message }] };
  }
  const findings: Finding[] = [];
  const report = (code: string, severity: Finding['severity'], element: ElementId, message: string): void => {
    findings.push({ code, severity, element, message });
  };
  const deployment = written.deployments.find((candidate) => candidate.id === scenario.deployment);
  const model = asDeployed(written, deployment);
  const loads = loadsOf(scenario);
  const loaded = loadedInteractions(model, scenario, loads, report);
  const { interactions, activities, ofStates, machines } = setInMotion(
    model,
    scenario,
    loads.map(({ load }) => load.behaviour),
    loaded,
  );
  findings.push(
    ...missingValues(model, scenario, interactions, activities),
    ...notSimulated(model, scenario, interactions, activities),
  );
  checkTimes(scenario, report);
  if (activities.length > 0 && scenario.date === undefined) checkZones(model, report);
  if (scenario.deployment !== undefined && deployment === undefined) {
    report('unknown-deployment', 'error', scenario.id, `The model has no deployment ${scenario.deployment}.`);
  }
  const takesInputs = options.takesInputs === true;
  const room = roomFor(scenario, deployment, takesInputs);
  const held = deployment === undefined ? 0 : replicasToHold(deployment, room);
  if (held > REPLICA_LIMIT) {
    const message = `${formatCount(held)} replicas and nodes cannot be simulated one by one: ${formatCount(REPLICA_LIMIT)} are the most.`;
    report('too-many-replicas', 'error', deployment?.id ?? scenario.id, message);
  }
  if (findings.some((finding) => finding.severity === 'error')) return { value: null, problems: findings };

  const versions = versionsIn(scenario, deployment);
  const asked = costVariants(written, scenario, versions);
  const variants = takesInputs ? withAllInputs(asked, written) : asked;
  const isChanging = takesInputs || versions.size > 0 || mayChange(scenario, deployment);
  const program = flatten(model, interactions, deployment, variants);
  const activityProgram = compileActivities(model, activities);
  const machineIds = new Set([
    ...program.interactions.flatMap((each) => each.machines.map(({ machine }) => machine)),
    ...machines.keys(),
  ]);
  const compiled = [...machineIds].flatMap((id) => machines.get(id) ?? []);
  const keyed = program.interactions.flatMap(({ machines }) =>
    machines.filter(({ key }) => key !== null).map(({ machine }) => machine),
  );
  const places = layout(deployment, model.components, room);
  const dataTypes = dataTypesOf(model);
  checkSizes(deployment, program, report);
  checkPlacement(model, program, places, deployment !== undefined, report);
  const value: CompiledScenario = {
    model,
    scenario,
    seed: options.seed ?? scenario.seed,
    replications: atLeastOne(options.replications ?? scenario.replications),
    program,
    loaded: loaded.length,
    activities: activityProgram,
    ofStates,
    layout: places,
    backgrounds: backgroundsOf(model, scenario, deployment, places),
    loads: loads.flatMap((load) => compileLoad(load, program, activityProgram, scenario, dataTypes) ?? []),
    machines: compiled,
    keyed: new Set([
      ...keyed,
      ...addressed([compiled.map(({ machine }) => machine), interactions, activities, scenario.timeline]),
    ]),
    answersSenders: answersSenders([model.machines, model.interactions, model.activities]),
    mayChange: isChanging,
    takesInputs,
    variants,
    findings,
  };
  return { value, problems: findings };
}

function atLeastOne(count: number): number {
  return count >= 1 ? Math.floor(count) : 1;
}

type Report = (code: string, severity: Finding['severity'], element: ElementId, message: string) => void;

function loadedInteractions(
  model: Model,
  scenario: Scenario,
  loads: readonly TimedLoad[],
  report: Report,
): readonly Interaction[] {
  if (loads.length === 0) report('no-load', 'error', scenario.id, `${scenario.name} has no load.`);
  const loaded: Interaction[] = [];
  for (const { load } of loads) {
    const interaction = model.interactions.find((candidate) => candidate.id === load.behaviour);
    const isActivity = model.activities.some(({ id }) => id === load.behaviour);
    if (interaction === undefined && !isActivity) {
      report('unknown-behaviour', 'error', load.id, `${load.behaviour} is no interaction that a load can start.`);
    } else if (interaction !== undefined && !loaded.includes(interaction)) loaded.push(interaction);
    checkArrivals(load, mostTimes(scenario, load), report);
  }
  return loaded;
}

/** The greatest factor that the timeline gives a load. */
function mostTimes(scenario: Scenario, load: Load): number {
  return Math.max(1, ...factorSteps(scenario, load.behaviour).map(({ factor }) => factor));
}

function checkArrivals(load: Load, factor: number, report: Report): void {
  const { arrivals } = load;
  if (arrivals.kind === 'poisson' && !(arrivals.rate > 0 && Number.isFinite(arrivals.rate))) {
    report('empty-load', 'error', load.id, 'This load has no arrivals: its rate is not above 0.');
  }
  const isEmptyRamp = arrivals.kind === 'ramp' && !(arrivals.from > 0 || arrivals.to > 0);
  if (isEmptyRamp || (arrivals.kind === 'pattern' && !arrivals.points.some(({ rate }) => rate > 0))) {
    report('empty-load', 'error', load.id, 'This load has no arrivals: its rate is never above 0.');
  }
  if (arrivals.kind === 'renewal' && meanOf(arrivals.gap) <= 0) {
    report('endless-load', 'error', load.id, 'This load has no time between its arrivals.');
  }
  if (arrivals.kind === 'closed' && !(arrivals.users >= 1)) {
    report('empty-load', 'error', load.id, 'This load has no users.');
  }
  if (arrivals.kind === 'observed' && arrivals.seen !== undefined)
    tellObserved(load, arrivals.factor, arrivals.seen, report);
  if (arrivals.kind === 'closed' && arrivals.users * factor > USER_LIMIT) {
    report(
      'too-many-users',
      'error',
      load.id,
      `More than ${USER_LIMIT} users of a load cannot be simulated one by one.`,
    );
  }
}

/** What a figure of the run rests on. */
function tellObserved(
  load: Load,
  factor: number,
  { times, length, share, source }: SeenArrivals,
  report: Report,
): void {
  if (times.length === 0 || !(length > 0)) {
    report('empty-load', 'error', load.id, `This load has no arrivals: ${source} holds none.`);
  } else if (factor / share > MOST_COPIES) {
    const message = `More than ${MOST_COPIES} times what was observed cannot be simulated.`;
    report('too-many-arrivals', 'error', load.id, message);
  } else {
    const kept = share < 1 ? `, ${formatShare(share)} of all` : '';
    const message = `${times.length} arrivals in ${formatSeconds(toSeconds(length))}${kept}, as observed by ${source}, times ${factor}; they begin anew when they end.`;
    report('observed-load', 'information', load.id, message);
  }
}

function checkTimes(scenario: Scenario, report: Report): void {
  if (!(scenario.duration > 0))
    report('no-duration', 'error', scenario.id, `${scenario.name} runs for no time at all.`);
  else if (!(scenario.warmup < scenario.duration)) {
    report('no-duration', 'error', scenario.id, 'The warm-up leaves no time to measure.');
  }
}

/** Without a date nobody knows by how much two clocks differ. */
function checkZones({ resources }: Model, report: Report): void {
  const [first, ...others] = resources.filter(({ timezone }) => timezone !== undefined);
  const other = others.find(({ timezone }) => timezone !== first?.timezone);
  if (first === undefined || other === undefined) return;
  const message = `The shifts of ${first.name} are hours in ${first.timezone}, those of ${other.name} in ${other.timezone}. Without a date both are taken for hours of the same clock: say when the run begins, such as \`from "2026-03-28 20:00 ${first.timezone}"\`.`;
  report('time-zones', 'warning', other.id, message);
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

function checkSizes(deployment: Deployment | undefined, { messages }: Program, report: Report): void {
  const link = deployment?.links.find(({ bandwidth }) => bandwidth !== undefined);
  if (
    link === undefined ||
    messages.some(({ size, versions }) => size !== null || versions.some((version) => version.size !== null))
  )
    return;
  const message =
    'The bandwidth of links makes no difference: no operation says how much its calls carry (`size 4 KiB reply 20 KiB`).';
  report('no-sizes', 'information', link.id, message);
}

function compileLoad(
  { load, luck, from, until }: TimedLoad,
  program: Program,
  activities: ActivityProgram,
  scenario: Scenario,
  dataTypes: DataTypes,
): CompiledLoad | undefined {
  const target = program.interactions.find(({ interaction }) => interaction.id === load.behaviour);
  const activity = activities.activities.find(({ id }) => id === load.behaviour);
  const parameters = (target?.interaction ?? activity?.activity)?.parameters;
  if (parameters === undefined) return undefined;
  const sources: string[] = [];
  const given = new Map(load.arguments.map((argument) => [argument.parameter, argument.value]));
  const values = parameters.map((parameter, index): Evaluate => {
    const value = given.get(parameter.id) ?? parameter.initial;
    if (value === undefined || target?.isUsed[index] === false) return () => null;
    let draws = 0;
    const source = (): number => sources.push(`${luck}/${parameter.name}/${++draws}`) - 1;
    return compileExpression(value, { ...slotScope([], source), dataTypes });
  });
  const { arrivals } = load;
  const users = usersOf(arrivals);
  // What the timeline adds is no load of the scenario that it could speak of.
  const steps = scenario.loads.includes(load) ? factorSteps(scenario, load.behaviour) : [];
  return {
    load,
    luck,
    interaction: target?.index ?? -1,
    activity: activity?.index ?? -1,
    gap: gapOf(arrivals, momentOf(scenario, from)),
    batch: load.batch === undefined ? null : batchFiller(load.batch),
    rate: users > 0 ? null : factoredRate(arrivalRate(arrivals, from, wallClock(scenario)), steps),
    from,
    until,
    users,
    userSteps: users === 0 ? [] : steps.map(({ time, factor }) => ({ time, users: Math.round(users * factor) })),
    values,
    sources,
  };
}

/** When in the week a load begins; undefined where the run does not say. In UTC where its date is known. */
function momentOf({ date, beginning }: Scenario, from: number): number | undefined {
  if (date !== undefined) return date.instant + THURSDAY + from;
  return beginning === undefined ? undefined : beginning + from;
}

/** `moment`: when in the week the load begins. */
function gapOf(arrivals: Load['arrivals'], moment: number | undefined): Filler {
  switch (arrivals.kind) {
    case 'poisson':
      return durationFiller({ kind: 'exponential', mean: SECOND / arrivals.rate });
    case 'renewal':
      return durationFiller(arrivals.gap);
    case 'closed':
      return durationFiller(arrivals.thinking);
    case 'ramp':
    case 'swing':
    case 'pattern':
      // The area under the rate between two arrivals.
      return durationFiller({ kind: 'exponential', mean: 1 });
    case 'replay':
      return gapsOf(arrivals.times ?? []);
    case 'observed': {
      if (arrivals.seen === undefined) throw new Error('arrivals that nobody observed were not refused');
      const { seen, begin } = observedFrom(arrivals.seen, moment);
      return observedGaps(seen, arrivals.factor, begin);
    }
  }
}

/** The gaps of a recording, as they were; a source that begins anew begins with the first. After the last nothing comes. */
function gapsOf(times: readonly number[]): Filler {
  const reached = new WeakMap<RandomStream, number>();
  return (stream, block) => {
    const first = reached.get(stream) ?? 0;
    for (let i = 0; i < block.length; i++) {
      const at = first + i;
      block[i] = at < times.length ? times[at]! - (times[at - 1] ?? 0) : Number.POSITIVE_INFINITY;
    }
    reached.set(stream, first + block.length);
  };
}

function usersOf(arrivals: Load['arrivals']): number {
  return arrivals.kind === 'closed' ? Math.floor(arrivals.users) : 0;
}
