/** Words of state machines. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const machinesWords = {
  machine: {
    meaning: 'A state machine: how instances behave over their life (UML StateMachine, semantics as in PSSM).',
    snippet: 'machine <1:Name>(id: String) {\n\tinitial -> <2:First>\n\tstate <2:First> {\n\t\t$0\n\t}\n}',
  },
  initial: { meaning: 'Where a region begins (UML initial Pseudostate).', snippet: 'initial -> <1:State>' },
  state: {
    meaning: 'A situation in which an invariant holds; its braces hold transitions and regions (UML State).',
    snippet: 'state <1:Name> {\n\t$0\n}',
  },
  region: {
    meaning: 'An orthogonal part of a state or machine, active together with its siblings (UML Region).',
    snippet: 'region <1:name> {\n\tinitial -> <2:First>\n\tstate <2:First> {\n\t\t$0\n\t}\n}',
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
  entry: {
    meaning: 'Actions on entering the state; its parameters take what the event carries (UML entry Behavior).',
    snippet: 'entry / { $0 }',
  },
  exit: {
    meaning: 'Actions on leaving the state; its parameters take what the event carries (UML exit Behavior).',
    snippet: 'exit / { $0 }',
  },
  do: { meaning: 'Time that the state spends before it completes (UML doActivity).', snippet: 'do takes <1:exp(1 s)>' },
  'StateInvariant.invariant': {
    meaning: 'What holds whenever the machine rests in the state, or anywhere (UML stateInvariant).',
    snippet: 'invariant <1:condition>',
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
  extends: {
    meaning: 'Takes everything over from another machine and redefines what is declared here again (UML redefinition).',
  },
  ref: {
    meaning: 'Invokes another behaviour (UML CallBehaviorAction, InteractionUse).',
    snippet: 'ref <1:Behaviour>(<2:>)',
  },
  'CallTrigger.call': { meaning: 'A transition triggered by a call; `return` answers it (UML CallEvent).' },
  'DeferredEvent.call': { meaning: 'A call that is kept for later.' },
  defer: {
    meaning: 'Keeps these events for later while the state is active (UML deferrable trigger).',
    snippet: 'defer <1:Signal>',
  },
  fork: {
    meaning: 'Enters several regions of a state at once (UML fork Pseudostate).',
    snippet: 'fork <1:name> -> <2:A>, <3:B>',
  },
  join: {
    meaning: 'Goes on when all its incoming transitions have arrived (UML join Pseudostate).',
    snippet: 'join <1:name> -> <2:State>',
  },
  deep: { meaning: 'The history of the region with all substates below (UML deepHistory).' },
  history: {
    meaning: 'Where the region was last; `-> State` is where it begins if it never was (UML shallowHistory).',
    snippet: 'history -> <1:State>',
  },
  point: { meaning: 'A named way in or out of a state or machine (UML entryPoint, exitPoint).' },
  'EntryPoint.entry': {
    meaning: 'A named way into the state or machine (UML entryPoint Pseudostate).',
    snippet: 'entry point <1:name> -> <2:State>',
  },
  'ExitPoint.exit': {
    meaning: 'A named way out of the state or machine (UML exitPoint Pseudostate).',
    snippet: 'exit point <1:name> -> <2:State>',
  },
  'ExitConnection.exit': { meaning: 'Where an exit point of the submachine leads (UML ConnectionPointReference).' },
  terminate: {
    meaning: 'Ends the instance at once, without any exit behaviour (UML terminate Pseudostate).',
    snippet: 'terminate <1:name>',
  },
  'ClockTrigger.at': {
    meaning: 'A transition triggered at a time of day (UML absolute TimeEvent).',
    snippet: 'at "<1:18:00>" -> <2:State>',
  },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
