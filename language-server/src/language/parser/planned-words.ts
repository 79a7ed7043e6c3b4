/**
 * Constructs of the Twin language's design that this version does not understand yet, by the body they stand in. Each is
 * recognised by its first words, so that a text which uses it gets one message. Knows no rule of the grammar.
 */

/** What a brace opens, as far as it decides what its members may begin with. */
export type Body =
  | 'file'
  | 'machine'
  | 'choice'
  | 'actions'
  | 'component'
  | 'interaction'
  | 'deployment'
  | 'node'
  | 'scenario'
  | 'twin'
  | 'instance'
  | 'other';

export interface Planned {
  /** The words it begins with. */
  readonly words: readonly string[];
  /** What stands behind them. */
  readonly next: RegExp;
  /** Its name in messages. */
  readonly name: string;
  /** True where leaving it out changes what a run does. */
  readonly changesRuns: boolean;
  /**
   * A member goes on to its end or through its braces; an action ends at the transition's arrow too; a clause ends before
   * braces, which belong to its member; a word is itself only, a name has one more behind it.
   */
  readonly extent: 'member' | 'action' | 'clause' | 'word' | 'name';
  /** True where the word behind declares a name. */
  readonly declares: boolean;
}

const word = /^[A-Za-z_]/;
const value = /^[\w(?]/;
const brace = /^\{$/;
const any = /^/;

function member(words: string, next: RegExp, options: Partial<Planned> = {}): Planned {
  return {
    words: words.split(' '),
    next,
    name: words,
    changesRuns: true,
    extent: 'member',
    declares: false,
    ...options,
  };
}

function clause(words: string, next: RegExp, options: Partial<Planned> = {}): Planned {
  return member(words, next, { extent: 'clause', ...options });
}

const declares = { declares: true };
const judgesOnly = { changesRuns: false };

const isAction = { extent: 'action' } as const;
const actions = [
  member('call', word, isAction),
  member('for', word, isAction),
  member('send', any, { ...isAction, name: 'send … to Machine(key)' }),
];

const planned: Readonly<Record<Body, readonly Planned[]>> = {
  file: [
    member('data', word, declares),
    member('activity', word, declares),
    member('resource', word, declares),
    member('policy', word, { ...declares, ...judgesOnly }),
    member('test', word, { ...declares, ...judgesOnly }),
    member('calibration', word, declares),
    clause('extends', word),
    member('broker', brace, { extent: 'word' }),
  ],
  machine: [
    member('defer', word),
    member('history', any),
    member('deep history', any),
    member('fork', word, declares),
    member('join', word, declares),
    member('entry point', word, declares),
    member('exit point', word, declares),
    member('exit', word),
    member('terminate', word, declares),
    member('at', /^"/),
    member('on call', word),
    member('do', /^(?!takes$)\w/, { name: 'do' }),
    member(':', word, { name: 'state … : Machine', extent: 'clause' }),
    clause('using', word),
    ...actions,
  ],
  choice: actions,
  actions: [...actions, member('return', any, isAction)],
  component: [
    member('threads', value),
    member('queue', value),
    member('connections', value),
    member('cache', value),
    member('requires', word),
    member('version', /^"/),
    member('topic', word, declares),
    member('method', word, { extent: 'name' }),
  ],
  interaction: [
    member('critical', brace),
    member('strict', brace),
    member('seq', brace),
    member('neg', brace),
    member('assert', brace),
    member('ref', word),
    member('ignore', word),
    member('consider', word),
    member('create', word),
    member('destroy', word),
    member('fallback', brace),
    member('on', word),
    member('takes', value),
    member('invariant', value),
    ...['hedge', 'timeout', 'retry', 'backoff', 'budget', 'breaker'].map((name) => clause(name, value)),
    ...actions,
  ],
  deployment: [
    member('balance', word),
    member('autoscale', word),
    member('limit', word),
    member('load', word),
    member('cost', word, judgesOnly),
    member('deploy', word, { name: 'deploy … across' }),
  ],
  node: [
    ...['sharing', 'lifo', 'fifo'].map((name) => member(name, any, { extent: 'word' })),
    member('fails', /^every$/),
    member('{', any, { name: 'deploy … { … }' }),
  ],
  scenario: [
    member('at', /^\d[\d.e+-]* ?[a-z]+$/i),
    member('compare', word, judgesOnly),
    member('vary', word),
    clause('from', /^"/),
    clause('in every', value),
    member('overall', any, { extent: 'word' }),
    member('daily', any, { extent: 'word' }),
    member('load', word),
    member('expect', value),
  ],
  twin: [
    member('source', /^(?!otlp$|file$)\w/),
    member('sampled', value),
    member('forecast', word, judgesOnly),
    member('on breach', any, judgesOnly),
    member('alarms', word, judgesOnly),
    member('expect', value),
    member('=', /^(metric|log)$/, { name: 'metric' }),
  ],
  instance: [member('=', any)],
  other: [],
};

/** By body and first word. */
export const plannedWords: Readonly<Record<Body, ReadonlyMap<string, readonly Planned[]>>> = Object.fromEntries(
  Object.entries(planned).map(([body, list]) => [body, Map.groupBy(list, ({ words }) => words[0] as string)]),
) as Record<Body, Map<string, Planned[]>>;

/** What members that this version knows begin with: a planned one ends before them. */
export const knownWords: Readonly<Record<Body, ReadonlySet<string>>> = {
  file: new Set(['machine', 'component', 'interaction', 'deployment', 'scenario', 'twin', 'enum', 'signal']),
  machine: new Set(
    'var region initial state choice junction final entry exit do local on after when completion'.split(' '),
  ),
  choice: new Set(['else', '[']),
  actions: new Set(['send', 'raise', 'log', 'if', 'while', 'assert']),
  component: new Set(['operation', 'owns']),
  interaction: new Set(
    'actor lifeline var alt opt loop par break return invariant send raise log if while and else within'.split(' '),
  ),
  deployment: new Set(['zone', 'node']),
  node: new Set(['cores', 'memory', 'deploy']),
  scenario: new Set(['load', 'run', 'warmup', 'replications', 'seed', 'expect']),
  twin: new Set(['source', 'lateness', 'expect']),
  instance: new Set(['on']),
  other: new Set(),
};
