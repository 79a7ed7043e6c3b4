/** What each keyword means, in UML's terms, and the snippet that completion inserts for it. One table for hover and completion. */

interface KeywordMeaning {
  readonly meaning: string;
  /** With stops such as `<1:Name>`; `$0` is where the cursor ends. */
  readonly snippet?: string;
}

export const keywordMeanings: Readonly<Record<string, KeywordMeaning>> = {
  package: { meaning: 'The package whose name begins the ids of all that this file declares (UML Package).' },
  import: {
    meaning: 'Makes the declarations of another file visible; the path is relative to this file.',
    snippet: 'import "<1:file>.twin"',
  },
  enum: { meaning: 'A set of named values (UML Enumeration).', snippet: 'enum <1:Name> { <2:literal> }' },
  signal: { meaning: 'An asynchronous message type with attributes (UML Signal).', snippet: 'signal <1:Name>' },
  machine: {
    meaning: 'A state machine: how instances behave over their life (UML StateMachine, semantics as in PSSM).',
    snippet: 'machine <1:Name>(id: String) {\n\tinitial -> <2:First>\n\tstate <2:First> {\n\t\t$0\n\t}\n}',
  },
  component: {
    meaning: 'A replaceable part of the system that offers operations (UML Component).',
    snippet: 'component <1:Name> {\n\toperation <2:run>() takes <3:exp(5 ms)>\n\t$0\n}',
  },
  interaction: {
    meaning: 'Messages between lifelines in their order; drawn as a sequence diagram (UML Interaction).',
    snippet:
      'interaction <1:Name> {\n\tactor <2:user>\n\tlifeline <3:part>: <4:Component>\n\t<2:user> -> <3:part>.<5:operation>() {\n\t\t$0\n\t}\n}',
  },
  deployment: {
    meaning: 'Which replicas of which components run on which nodes (UML Deployment).',
    snippet: 'deployment <1:Name> {\n\tnode <2:app> * <3:2> { cores <4:4>  deploy <5:Component> }\n\t$0\n}',
  },
  scenario: {
    meaning: 'What if: loads on a deployment, simulated.',
    snippet:
      'scenario <1:Name> of <2:Deployment> {\n\tload <3:Interaction> at <4:50/s>\n\trun <5:10 min>  warmup 1 min  replications 10  seed 42\n\t$0\n}',
  },
  twin: {
    meaning: 'The running system: where its telemetry comes from, what it means, what is expected of it.',
    snippet: 'twin <1:Live> of <2:Deployment> {\n\tsource otlp on 4318\n\t$0\n}',
  },
  var: {
    meaning: 'A variable of the behaviour, with its initial value (UML Property).',
    snippet: 'var <1:name>: <2:Integer> = <3:0>',
  },
  initial: { meaning: 'Where a region begins (UML initial Pseudostate).', snippet: 'initial -> <1:State>' },
  state: {
    meaning: 'A situation in which an invariant holds; its braces hold transitions and regions (UML State).',
    snippet: 'state <1:Name> {\n\t$0\n}',
  },
  region: {
    meaning: 'An orthogonal part of a state or machine, active together with its siblings (UML Region).',
    snippet: 'region <1:name> {\n\tinitial -> $0\n}',
  },
  choice: {
    meaning: 'A dynamic branch: guards are evaluated on arrival (UML choice Pseudostate).',
    snippet: 'choice <1:Name> {\n\t[<2:condition>] -> <3:State>\n\telse -> <4:State>\n}',
  },
  junction: {
    meaning: 'A static branch: guards are evaluated before any transition of the compound one is taken (UML junction).',
    snippet: 'junction <1:Name> {\n\t[<2:condition>] -> <3:State>\n\telse -> <4:State>\n}',
  },
  final: { meaning: 'Entering it completes the region; the machine’s top one ends the instance (UML FinalState).' },
  entry: { meaning: 'Actions on entering the state (UML entry Behavior).', snippet: 'entry / $0' },
  exit: { meaning: 'Actions on leaving the state (UML exit Behavior).', snippet: 'exit / $0' },
  do: {
    meaning: 'Time that the state spends before it completes (UML doActivity).',
    snippet: 'do takes <1:exp(1 s)>',
  },
  on: {
    meaning: 'A transition triggered by a signal (UML SignalEvent); without a target it is internal.',
    snippet: 'on <1:Signal> -> <2:State>',
  },
  any: { meaning: 'Any signal that no other transition of the state takes (UML AnyReceiveEvent).' },
  after: {
    meaning: 'A transition triggered by time passing since the state was entered (UML relative TimeEvent).',
    snippet: 'after <1:30 s> -> <2:State>',
  },
  when: {
    meaning: 'A transition triggered by a condition becoming true (UML ChangeEvent).',
    snippet: 'when (<1:condition>) -> <2:State>',
  },
  completion: {
    meaning: 'A transition taken when the state has completed (UML completion event).',
    snippet: 'completion -> <1:State>',
  },
  local: { meaning: 'The transition does not leave its composite source state (UML local TransitionKind).' },
  send: { meaning: 'Sends a signal without waiting (UML SendSignalAction).', snippet: 'send <1:Signal> to <2:self>' },
  raise: { meaning: 'Sends a signal to this machine itself.' },
  log: { meaning: 'Writes a line; `{name}` stands for a variable.', snippet: 'log "$1"' },
  assert: { meaning: 'A condition that must hold here; a run where it does not stops with an error.' },
  operation: {
    meaning: 'A service of the component (UML Operation).',
    snippet: 'operation <1:name>(<2:>) takes <3:exp(5 ms)>',
  },
  takes: { meaning: 'Time on a core of the node; waiting for the core is computed, never written.' },
  delays: { meaning: 'Time that passes without a core.' },
  fails: { meaning: 'Share of calls that fail after the work, or fast with `after`.' },
  returns: { meaning: 'What a call yields where no interaction’s `return` says so.' },
  external: { meaning: 'Not ours to deploy: it runs on no node and has no cores to contend for.' },
  owns: { meaning: 'Instances of these machines live in the component.' },
  actor: { meaning: 'Somebody or something outside the system (UML Actor).', snippet: 'actor <1:name>' },
  lifeline: {
    meaning: 'A participant of the interaction; `: Type` says what it represents (UML Lifeline).',
    snippet: 'lifeline <1:name>: <2:Component>',
  },
  within: { meaning: 'How long the call may take (UML DurationConstraint).' },
  alt: {
    meaning: 'One of several operands, by guard or weight (UML alt CombinedFragment).',
    snippet: 'alt [<1:condition>] {\n\t$2\n} else {\n\t$0\n}',
  },
  opt: { meaning: 'Happens or does not (UML opt CombinedFragment).', snippet: 'opt [<1:condition>] {\n\t$0\n}' },
  loop: {
    meaning: 'Repeats its operand between the bounds while the guard holds (UML loop CombinedFragment).',
    snippet: 'loop <1:1>..<2:3> {\n\t$0\n}',
  },
  par: {
    meaning: 'Operands run at the same time; it ends when all have (UML par CombinedFragment).',
    snippet: 'par {\n\t$1\n} and {\n\t$0\n}',
  },
  break: {
    meaning: 'Happens instead of the rest of the enclosing operand (UML break CombinedFragment).',
    snippet: 'break [<1:condition>] {\n\t$0\n}',
  },
  invariant: { meaning: 'A condition that holds at this point of the interaction (UML StateInvariant).' },
  return: { meaning: 'Ends the execution and replies with the value (UML reply Message).' },
  zone: { meaning: 'Groups nodes by place or trust.' },
  node: {
    meaning: 'A machine, or several alike, that runs components (UML Node).',
    snippet: 'node <1:name> { cores <2:4>  deploy <3:Component> }',
  },
  cores: { meaning: 'Cores of each node; without them nothing contends.' },
  memory: { meaning: 'Memory of each node.' },
  deploy: {
    meaning: 'Runs replicas of a component on each of these nodes (UML Deployment).',
    snippet: 'deploy <1:Component> * <2:1>',
  },
  latency: { meaning: 'Time on the way, in one direction.' },
  bandwidth: { meaning: 'Bits a second that the link carries.' },
  loss: { meaning: 'Share of messages that get lost.' },
  load: { meaning: 'How often an interaction is started.', snippet: 'load <1:Interaction> at <2:50/s>' },
  at: { meaning: 'Poisson arrivals at that rate.' },
  every: { meaning: 'Arrivals with that gap, or with gaps drawn from a law.' },
  by: { meaning: 'A closed loop of that many users, or the key of instances.' },
  users: { meaning: 'Each user waits, starts one, and waits for its end.' },
  thinking: { meaning: 'Time that a user waits between two.' },
  run: { meaning: 'Simulated time of one replication, warm-up included.' },
  warmup: { meaning: 'Time at the beginning that is not counted.' },
  replications: { meaning: 'How many independent runs the figures and their intervals rest on.' },
  seed: { meaning: 'Same seed, same result, to the last bit.' },
  expect: {
    meaning: 'A measure and its bound: met, missed or undecided.',
    snippet: 'expect <1:name>: p95(<2:Interaction>) < <3:300 ms>',
  },
  over: { meaning: 'The sliding window in which a twin judges the expectation.' },
  simulation: { meaning: 'What simulation predicts at the observed load and mix.' },
  source: { meaning: 'Where telemetry comes from.', snippet: 'source otlp on <1:4318>' },
  otlp: { meaning: 'The embedded OpenTelemetry receiver, on loopback.' },
  file: { meaning: 'Recordings: OTLP/JSON lines, plain or gzip.' },
  lateness: { meaning: 'How late evidence may come before a verdict is final.' },
  service: { meaning: 'The telemetry’s `service.name` of a component.' },
  span: { meaning: 'The name of the spans of an operation.' },
  trace: { meaning: 'Traces of an interaction, by the name of their root span, or of any span with `containing`.' },
  attribute: { meaning: 'An attribute of the observed span or log record.' },
  where: { meaning: 'Only spans for which this holds.' },
};

/** A snippet in the notation of the Language Server Protocol. */
export function snippetText(snippet: string): string {
  return snippet.replace(/<(\d):([^<>]*)>/g, (_, stop: string, text: string) => `\${${stop}:${text}}`);
}
