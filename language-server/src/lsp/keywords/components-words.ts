/** Words of components. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const componentsWords = {
  component: {
    meaning: 'A replaceable part of the system that offers operations (UML Component).',
    snippet: 'component <1:Name> {\n\toperation <2:run>() takes <3:exp(5 ms)>\n\t$0\n}',
  },
  operation: {
    meaning: 'A service of the component (UML Operation).',
    snippet: 'operation <1:name>(<2:>) takes <3:exp(5 ms)>',
  },
  takes: { meaning: 'Time on a core of the node; waiting for the core is computed, never written.' },
  delays: { meaning: 'Time that passes without a core.' },
  fails: { meaning: 'Share of calls that fail after the work, or fast with `after`.' },
  'Fails.after': { meaning: 'Fails fast: after that time, instead of the work.' },
  returns: { meaning: 'What a call yields where no interaction’s `return` says so.' },
  external: { meaning: 'Not ours to deploy: it runs on no node and has no cores to contend for.' },
  owns: { meaning: 'Instances of these machines live in the component.' },
  broker: { meaning: 'Takes what is published to its topics to their consumers.' },
  method: { meaning: 'The behaviour that a call of the operation invokes (UML method).' },
  'Cache.takes': { meaning: 'Time on a core when the cache answers.' },
  threads: {
    meaning: 'Requests that one replica serves at once; a thread is held while a nested call waits.',
    snippet: 'threads <1:200>',
  },
  queue: { meaning: 'Requests that wait for a thread; one more is refused.', snippet: 'queue <1:1000>' },
  fifo: { meaning: 'First come, first served; the default.' },
  lifo: { meaning: 'The youngest request goes first.' },
  priority: { meaning: 'The greatest value goes first.' },
  'Priority.priority': { meaning: 'Who goes first where cores serve by priority: greater first.' },
  drop: { meaning: 'Requests whose caller has given up are dropped instead of served.' },
  expired: { meaning: 'Whose caller has given up.' },
  'Discipline.within': { meaning: 'Or gives up so soon, as far as the deadline that it hands down says.' },
  connections: { meaning: 'Connections that one replica holds to those it calls.', snippet: 'connections <1:50>' },
  cache: {
    meaning:
      'Calls that are answered at once, without the operation’s work: a share of them, or those whose key was asked for before.',
    snippet: 'cache <1:85 %> hit takes <2:0.2 ms>',
  },
  hit: { meaning: 'Answered by the cache.' },
  entries: { meaning: 'So many answers are kept.' },
  lru: { meaning: 'The least recently used entry goes first.' },
  key: { meaning: 'What tells entries apart: calls with the same value find the same answer.' },
  'Topic.key': { meaning: 'Publications with the same value go to the same partition, and so keep their order.' },
  ttl: { meaning: 'How long an entry is good for, from when it is made.' },
  size: { meaning: 'Bytes that a call sends over a link with a bandwidth.', snippet: 'size <1:4 KiB>' },
  reply: { meaning: 'Bytes that come back; without it as many as were sent.' },
  bulkhead: {
    meaning: 'At most so many calls at once from one replica; further ones fail, or wait where there is room.',
    snippet: 'bulkhead <1:10>',
  },
  'Bulkhead.queue': { meaning: 'So many calls wait; one more fails.' },
  requires: {
    meaning: 'How this component calls another: what it does about trouble.',
    snippet: 'requires <1:Component> { timeout <2:1 s>  retry <3:2>  backoff <4:100 ms> exponential jitter }',
  },
  timeout: { meaning: 'The caller gives up after that time; the callee works on unless `cancels`.' },
  retry: { meaning: 'Further attempts after a failure.' },
  backoff: { meaning: 'Time before the first retry.' },
  exponential: { meaning: 'The time doubles with each retry.' },
  jitter: { meaning: 'The time is drawn between zero and its full length.' },
  budget: { meaning: 'Retries are at most that share of all calls.' },
  breaker: {
    meaning: 'Fails at once for a while after too many failures (circuit breaker).',
    snippet: 'breaker <1:50 %> of <2:20> for <3:10 s>',
  },
  of: { meaning: 'Among how many, or of what.' },
  hedge: { meaning: 'A second attempt beside the first after that time; the first answer counts.' },
  cancels: { meaning: 'A timeout stops the callee’s work too.' },
  deadline: { meaning: 'The time that is left is handed down to nested calls.' },
  propagates: { meaning: 'Is handed down.' },
  version: {
    meaning: 'What differs in another version of the component; rollouts and deployments name it.',
    snippet: 'version "<1:2.0>" { operation <2:name> takes <3:exp(4 ms)> }',
  },
  'VersionSetting.version': { meaning: 'The version that runs here.' },
  'LearnedValue.version': { meaning: 'The version that the value was learned of.' },
  'OperationChange.operation': { meaning: 'An operation whose cost differs in this version.' },
  topic: {
    meaning: 'A stream of messages that components publish to and consume (publish and subscribe).',
    snippet: 'topic <1:name>(<2:id: String>) partitions <3:12>',
  },
  partitions: {
    meaning:
      'Independent parts of a topic: a consumer takes one publication of each at a time, in their order. Without the word it takes all at once.',
  },
  retention: { meaning: 'What has waited for longer when its turn comes is dropped.' },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
