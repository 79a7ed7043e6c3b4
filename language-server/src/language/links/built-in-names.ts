/** Names that the language itself offers, without any declaration. They have no place in any text. */
import type { AstNode } from 'langium';
import { distributions, functions } from './built-in-functions.ts';
import { type Names, namesOf } from './name-scope.ts';

export interface BuiltInName extends AstNode {
  readonly $type: 'BuiltInName' | 'BuiltInFunction' | 'BuiltInProperty';
  readonly name: string;
  readonly meaning: string;
}

function names(type: BuiltInName['$type'], meanings: Readonly<Record<string, string>>): Names {
  return namesOf(Object.entries(meanings).map(([name, meaning]): BuiltInName => ({ $type: type, name, meaning })));
}

const everywhere = {
  now: 'The current time, since the run began.',
  elapsed: 'Time since the enclosing behaviour began.',
};

export const builtInNames: Names = names('BuiltInName', everywhere);
export const builtInTwinNames: Names = names('BuiltInName', {
  ...everywhere,
  status: 'Status of the observed span: "ok", "error" or "unset".',
});

const declaredFunctions = [...Object.entries(distributions), ...Object.entries(functions)];

export const builtInFunctions: Names = names(
  'BuiltInFunction',
  Object.fromEntries(declaredFunctions.map(([name, { meaning }]) => [name, meaning])),
);

/** Names of parameters that a distribution takes: `lognormal(median: …, p99: …)`. */
export const builtInLabels: Names = names(
  'BuiltInName',
  Object.fromEntries(
    Object.values(distributions).flatMap(({ parameters, named = [] }) =>
      [...parameters, ...named].map((name) => [name.replace('#', ''), 'A parameter of the distribution.']),
    ),
  ),
);

/** Behind a value with several parts: `items.size`. */
export const listProperties: Names = names('BuiltInProperty', {
  size: 'How many values there are.',
  contains: 'Is the value among them?',
  at: 'The value at that position, counted from 0.',
});

/** Behind a lifeline that stands for a machine: `order.in(Paid)`. */
export const instanceProperties: Names = names('BuiltInProperty', { in: 'Is the machine in that state?' });

/** What a scenario may set or vary, and what a metric may show, by the kind of element. */
export const componentProperties: Names = names('BuiltInProperty', {
  replicas: 'How many replicas there are in all.',
  threads: 'Requests that one replica serves at once.',
  queue: 'Requests that wait for a thread of one replica.',
  connections: 'Connections that one replica holds.',
  bulkhead: 'Calls that one replica makes at once where it has a bulkhead.',
  cache: 'The share of calls that the cache answers.',
  cpu: 'The share of its cores that is busy.',
  memory: 'Memory in use.',
});
export const nodeProperties: Names = names('BuiltInProperty', {
  cores: 'Cores of one node.',
  count: 'How many such nodes there are.',
  cpu: 'The share of the cores that is busy.',
  memory: 'Memory in use.',
});
export const resourceProperties: Names = names('BuiltInProperty', { count: 'How many there are.' });
export const operationProperties: Names = names('BuiltInProperty', {
  takes: 'Time on a core.',
  delays: 'Time without a core.',
  fails: 'The share of calls that fail.',
});

/** What a scenario may set or vary beyond that: of how a component calls another, as far as that declares it. */
export const requirementProperties: Names = names('BuiltInProperty', {
  timeout: 'When the caller gives up an attempt.',
  retry: 'Further attempts at most.',
  backoff: 'Time before the first further attempt.',
  budget: 'Further attempts as a share of the first ones, at most.',
  breaker: 'The share of failures at which the breaker opens.',
  bulkhead: 'Calls at once from one replica.',
  hedge: 'Time until an attempt is sent a second time.',
});
export const breakerParts: Names = names('BuiltInProperty', {
  calls: 'How many of the last calls the breaker looks at.',
  open: 'How long it stays open.',
});
export const bulkheadParts: Names = names('BuiltInProperty', { queue: 'Calls that wait for a place in the bulkhead.' });
export const queueParts: Names = names('BuiltInProperty', {
  within: 'Whose caller gives up that soon is dropped when its turn comes.',
});
export const cacheParts: Names = names('BuiltInProperty', {
  entries: 'How many answers are remembered.',
  ttl: 'How long an answer is good for.',
});
/** Of a component or operation that the deployment limits. */
export const limitProperties: Names = names('BuiltInProperty', { limit: 'Calls that are let in, over time.' });
export const limitParts: Names = names('BuiltInProperty', { burst: 'Calls that are let in all at once.' });

export function isBuiltInName(node: AstNode | undefined): node is BuiltInName {
  return node?.$type === 'BuiltInName' || node?.$type === 'BuiltInFunction' || node?.$type === 'BuiltInProperty';
}
