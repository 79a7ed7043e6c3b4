/** What in a scenario keeps the closed forms from being exact, in words. Knows the text only, nothing that is worked out. */
import type {
  Activity,
  Breakdown,
  Change,
  Component,
  Deployment,
  ElementId,
  Expression,
  Fragment,
  Interaction,
  Model,
  Scenario,
} from '../../model/index.ts';
import { durationMoment, SECOND } from '../../numeric/index.ts';
import { indexOf } from './model-index.ts';
import { meanTime, placementsOf } from './placements.ts';
import type { Reason } from './solution.ts';

export interface Obstacles {
  /** No formula here is even nearly right: work is lost, or waits for something that no station shows. Part of what follows. */
  readonly forms: readonly Reason[];
  /** The arrivals at the stations, or the stations themselves, are not what the formulas take them to be. */
  readonly network: readonly Reason[];
  /** What gives up after a time: as good as nothing does where that time is long, else no formula here is right. */
  readonly deadlines: readonly Deadline[];
  /** Only the time of a whole run is not the sum of the times at the stations. */
  readonly response: readonly Reason[];
  /** Calls may be turned away or lost on their way: what is asked for behind them is only the most that may come. */
  readonly losesWork: boolean;
}

interface Deadline {
  readonly reason: Reason;
  /** On average, seconds. */
  readonly within: number;
  /** How many calls may come of one. */
  readonly attempts: number;
}

/** What happens to fewer than one in a hundred changes no figure by much. */
const RARELY = 0.01;

export function obstaclesIn(model: Model, scenario: Scenario, deployment: Deployment | undefined): Obstacles {
  const users = scenario.loads.every(({ arrivals }) => arrivals.kind === 'closed')
    ? scenario.loads.reduce((sum, { arrivals }) => sum + (arrivals.kind === 'closed' ? arrivals.users : 0), 0)
    : Number.POSITIVE_INFINITY;
  const finder = new Finder(model, deployment, users);
  for (const { id, change } of scenario.timeline) finder.network(id, notInFigures(change));
  const hasUsers = scenario.loads.some(({ arrivals }) => arrivals.kind === 'closed');
  if (deployment !== undefined) finder.inDeployment(deployment, hasUsers);
  for (const { behaviour } of scenario.loads) finder.inBehaviour(behaviour);
  const { ofForms, ofNetwork, ofResponse, deadlines, losesWork } = finder;
  return { forms: ofForms, network: ofNetwork, response: ofResponse, deadlines, losesWork };
}

function notInFigures(change: Change): string {
  if (change.kind !== 'rollout')
    return `At a moment of the run something changes (${change.kind}). The figures are those of the time before.`;
  const name = change.component.slice(change.component.lastIndexOf('.') + 1);
  return `During the run ${name} comes to version "${change.version}" (rollout). The figures are those of the versions deployed before; for those of "${change.version}", solve a deployment that has it.`;
}

class Finder {
  readonly ofForms: Reason[] = [];
  readonly ofNetwork: Reason[] = [];
  readonly deadlines: Deadline[] = [];
  readonly ofResponse: Reason[] = [];
  losesWork = false;
  private readonly model: Model;
  private readonly deployment: Deployment | undefined;
  /** How many go round; infinity where somebody arrives from outside. */
  private readonly users: number;
  private readonly seen = new Set<ElementId>();

  constructor(model: Model, deployment: Deployment | undefined, users: number) {
    this.model = model;
    this.deployment = deployment;
    this.users = users;
  }

  private lossy(element: ElementId, message: string): void {
    this.losesWork = true;
    this.network(element, message);
  }

  forms(element: ElementId, message: string): void {
    this.ofForms.push({ element, message });
    this.network(element, message);
  }

  network(element: ElementId, message: string): void {
    this.ofNetwork.push({ element, message });
  }

  private deadline(element: ElementId, message: string, time: Expression, attempts: number): void {
    this.network(element, message);
    this.deadlines.push({ reason: { element, message }, within: (meanTime(time) ?? 0) / SECOND, attempts });
  }

  private breaksDown(element: ElementId, { every, repaired }: Breakdown): void {
    const [up, down] = [durationMoment(every, 1), durationMoment(repaired, 1)];
    if (down / (up + down) > RARELY) {
      this.losesWork = true;
      this.forms(element, 'It breaks down at times.');
    } else this.network(element, 'It breaks down at times.');
  }

  response(element: ElementId, message: string): void {
    this.ofResponse.push({ element, message });
  }

  /** `hasUsers`: some go round, and do not arrive at random as traffic outside the model does. */
  inDeployment(
    { zones, nodes, spreads, links, balances, autoscales, limits, backgrounds }: Deployment,
    hasUsers: boolean,
  ): void {
    const isRandom = (component: ElementId): boolean =>
      balances.some((balance) => balance.component === component && balance.strategy.kind === 'random');
    for (const { id, breakdown } of [...zones, ...nodes]) if (breakdown !== undefined) this.breaksDown(id, breakdown);
    for (const { id, count, deploys } of nodes)
      if (count > 1 && !deploys.every(({ component }) => isRandom(component)))
        this.network(id, 'Calls are spread over several nodes otherwise than at random.');
    for (const { id, connections, cache } of [...nodes.flatMap(({ deploys }) => deploys), ...spreads]) {
      if (connections !== undefined) this.network(id, 'Its connections are limited.');
      if (cache !== undefined) this.network(id, 'A cache answers part of its calls.');
    }
    for (const { id, latency, bandwidth, loss } of links) {
      if (latency > 0) this.response(id, 'What a link takes is not counted.');
      if (bandwidth !== undefined) this.network(id, 'Messages wait for each other at a link.');
      if (loss > RARELY) this.losesWork = true;
      if (loss > RARELY) this.forms(id, 'A link loses messages.');
      else if (loss > 0) this.network(id, 'A link loses messages.');
    }
    for (const { id } of autoscales) this.network(id, 'The number of replicas changes in the run.');
    for (const { id } of limits) this.lossy(id, 'A limit turns calls away.');
    if (hasUsers)
      for (const { id } of backgrounds) this.network(id, 'Traffic outside the model takes part of the cores.');
  }

  inBehaviour(id: ElementId): void {
    if (this.seen.has(id)) return;
    this.seen.add(id);
    const interaction = this.model.interactions.find((one) => one.id === id);
    const activity = this.model.activities.find((one) => one.id === id);
    if (interaction !== undefined) this.inInteraction(interaction);
    if (activity !== undefined) this.inActivity(activity);
  }

  private inInteraction({ lifelines, body }: Interaction): void {
    for (const { id, represents } of lifelines)
      if (represents.kind === 'machine' && this.works(represents.machine))
        this.network(id, 'What its instance does comes beside the messages.');
    this.inFragments(body);
  }

  private works(machine: ElementId): boolean {
    const text = JSON.stringify(this.model.machines.find(({ id }) => id === machine)?.regions ?? [], (key, value) =>
      key === 'place' ? undefined : value,
    );
    return text.includes('"takes"') || text.includes('"kind":"call","operation"');
  }

  private inFragments(fragments: readonly Fragment[]): void {
    for (const fragment of fragments) {
      if (fragment.kind === 'par') {
        const isFirst = fragments.length === 1 && fragment.operands.every(({ body }) => body.length === 1);
        const message = 'A run waits for the last of what it does beside each other.';
        if (isFirst) this.response(fragment.id, message);
        else this.network(fragment.id, message);
      }
      if (fragment.kind === 'consumer') this.network(fragment.id, 'Messages are consumed beside what goes on.');
      if (fragment.kind === 'ref') this.inBehaviour(fragment.interaction);
      if (fragment.kind === 'message') this.inMessage(fragment);
      if ('execution' in fragment) this.inFragments(fragment.execution);
      if ('operands' in fragment) for (const { body } of fragment.operands) this.inFragments(body);
    }
  }

  private inMessage(message: Extract<Fragment, { readonly kind: 'message' }>): void {
    const { components, participants, providers } = indexOf(this.model);
    if (message.sort === 'asynchronous-call' || message.sort === 'publication')
      this.network(message.id, 'An asynchronous message is worked on beside what goes on.');
    const called = participants.get(message.to) ?? providers.get(message.signature);
    const caller = participants.get(message.from);
    const required = caller?.requires.find(({ component }) => component === called?.id)?.policy;
    const { timeout, hedge, breaker, retries, bulkhead } = { ...required, ...message.policy };
    const tooLong = 'A call that lasts long is given up, or made twice.';
    if (timeout !== undefined) this.deadline(message.id, tooLong, timeout, 1 + (retries ?? 0));
    if (hedge !== undefined) this.deadline(message.id, tooLong, hedge, 2);
    if (bulkhead !== undefined) this.lossy(message.id, 'A bulkhead keeps calls back.');
    if (breaker !== undefined) this.lossy(message.id, 'A breaker may keep calls back.');
    const operation = called?.operations.find(({ id }) => id === message.signature);
    if (operation?.fails !== undefined)
      this.response(
        message.id,
        `Only runs without a failure${retries === undefined ? '' : ' after the last attempt'} have a response time.`,
      );
    if (operation?.method !== undefined) this.inBehaviour(operation.method);
    if (called !== undefined) this.inComponent(components.get(called.id) ?? called);
  }

  private inComponent({ id, connections, cache, threads, queue }: Component): void {
    if (this.seen.has(id)) return;
    this.seen.add(id);
    if (connections !== undefined) this.network(id, 'Its connections are limited.');
    if (cache !== undefined)
      this.network(id, 'A cache answers part of its calls, in another time than their work takes.');
    this.limited(id, threads, queue);
  }

  /** As a component says, or what deploys it in its place. */
  private limited(id: ElementId, ownThreads: number | undefined, ownQueue: Component['queue']): void {
    const deploys = this.deployment === undefined ? [] : placementsOf(this.deployment).map(({ deploy }) => deploy);
    const own = deploys.filter(({ component }) => component === id);
    for (const { threads = ownThreads, queue = ownQueue } of own.length > 0 ? own : [{}]) {
      if (threads === undefined && queue === undefined) continue;
      // So few users never find all of them taken.
      if (threads !== undefined && threads >= this.users) continue;
      if (queue?.capacity !== undefined && Number.isFinite(queue.capacity)) this.losesWork = true;
      const isHeld = threads !== undefined && Number.isFinite(this.users);
      if (isHeld)
        this.forms(
          id,
          'Users wait for its threads, which are held while it waits for others: no form here is for that.',
        );
      else this.network(id, 'Its threads or its queue are limited.');
      return;
    }
  }

  private inActivity(activity: Activity): void {
    for (const node of activity.nodes) {
      if (node.kind === 'fork') this.network(node.id, 'Its tokens go on beside each other.');
      else if (node.kind === 'structured' || node.kind === 'acquire')
        this.network(node.id, 'A resource is held over several steps.');
      else if (node.kind === 'interruptible' || node.kind === 'accept' || node.kind === 'send')
        this.network(node.id, 'What it waits for comes from elsewhere.');
      else if (node.kind === 'action') {
        if (node.uses.length > 1 || node.uses.some(({ amount }) => amount > 1))
          this.network(node.id, 'It needs more than one at once.');
        if (node.uses.some(({ priority }) => priority !== undefined)) this.network(node.id, 'Some go before others.');
        if (node.batch !== undefined) this.forms(node.id, 'It is done for several at once, who wait for each other.');
        if (node.patience !== undefined)
          this.deadline(node.id, 'Not everybody waits to the end.', node.patience.limit, 1);
        if (node.work.kind === 'invoke') this.inBehaviour(node.work.behaviour);
      }
    }
  }
}
