/** Words of activities and resources. */
import type { KeywordMeaning } from './keyword-meaning.ts';

export const activitiesWords = {
  resource: {
    meaning: 'People, rooms or machines that actions hold; shared by all runs.',
    snippet: 'resource <1:name> * <2:3>',
  },
  timezone: { meaning: 'The time zone of the shifts, an IANA name such as `Europe/Berlin`.' },
  'Shift.from': { meaning: 'From that time of day.' },
  'Shift.on': { meaning: 'On these days of the week.' },
  mon: { meaning: 'Monday.' },
  tue: { meaning: 'Tuesday.' },
  wed: { meaning: 'Wednesday.' },
  thu: { meaning: 'Thursday.' },
  fri: { meaning: 'Friday.' },
  sat: { meaning: 'Saturday.' },
  sun: { meaning: 'Sunday.' },
  activity: {
    meaning:
      'A flow of actions, one run for each arrival; drawn as an activity diagram (UML Activity, tokens as in fUML).',
    snippet:
      'activity <1:Name> {\n\tinitial -> <2:first>\n\taction <2:first> takes <3:exp(5 min)> -> <4:done>\n\tfinal <4:done>\n}',
  },
  partition: {
    meaning: 'Who does it or where: a lane of the diagram (UML ActivityPartition).',
    snippet: 'partition <1:name>',
  },
  action: {
    meaning: 'A step; it may hold resources while it takes its time (UML Action).',
    snippet: 'action <1:name> takes <2:exp(5 min)> -> <3:next>',
  },
  'ActionNode.call': { meaning: 'Calls an operation and waits for the reply (UML CallOperationAction).' },
  'ActionNode.in': { meaning: 'The partition in which it happens.' },
  'StructuredNode.in': { meaning: 'The partition in which it happens.' },
  using: { meaning: 'Takes all these resources at once, and gives them back at the end.' },
  'ResourceUse.priority': { meaning: 'Among those who wait, the greatest value goes first.' },
  patience: { meaning: 'Who has waited that long for the resources leaves.' },
  decision: {
    meaning: 'One of several ways, by guard or weight (UML DecisionNode).',
    snippet: 'decision <1:name> {\n\t[<2:condition>] -> <3:next>\n\telse -> <4:other>\n}',
  },
  merge: { meaning: 'Goes on for every token that arrives (UML MergeNode).', snippet: 'merge <1:name> -> <2:next>' },
  buffer: {
    meaning: 'Keeps tokens until somebody takes them (UML CentralBufferNode).',
    snippet: 'buffer <1:name>: <2:Type> -> <3:next>',
  },
  accept: {
    meaning: 'Waits for an event (UML AcceptEventAction).',
    snippet: 'accept <1:name>: <2:Signal> -> <3:next>',
  },
  'AcceptNode.at': { meaning: 'Waits for a time of day.' },
  'AcceptNode.after': { meaning: 'Waits for that time to pass.' },
  'AcceptNode.when': { meaning: 'Waits for the condition to become true.' },
  'SendNode.send': {
    meaning: 'Sends a signal and goes on (UML SendSignalAction).',
    snippet: 'send <1:name>: <2:Signal> to <3:Machine>(<4:key>) -> <5:next>',
  },
  acquire: {
    meaning: 'Takes resources and keeps them until a `release`.',
    snippet: 'acquire <1:name>: <2:resource> -> <3:next>',
  },
  release: { meaning: 'Gives resources back.', snippet: 'release <1:name>: <2:resource> -> <3:next>' },
  structured: {
    meaning: 'Holds its resources for the whole of what is inside (UML StructuredActivityNode).',
    snippet: 'structured <1:name> using <2:resource> {\n\tinitial -> <3:first>\n\t$0\n} -> <4:next>',
  },
  interruptible: {
    meaning: 'An event takes all tokens out of it (UML InterruptibleActivityRegion).',
    snippet: 'interruptible <1:name> {\n\t$0\n\ton <2:Signal> -> <3:next>\n}',
  },
  'Interrupt.on': { meaning: 'An interrupting edge: the signal takes every token out of the region.' },
  flow: { meaning: 'Ends one token, not the whole run (UML FlowFinalNode).' },
  'Finals.final': {
    meaning: 'Ends a machine’s region, or a whole run of an activity (UML FinalState, ActivityFinalNode).',
  },
} as const satisfies Readonly<Record<string, KeywordMeaning>>;
