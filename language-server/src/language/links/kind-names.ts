/** How messages call each kind of syntax node: UML's words with their article. */
import type { AstNode } from 'langium';

const words: Readonly<Record<string, string>> = {
  AcceptNode: 'an accept action',
  AcquireNode: 'an acquire action',
  ActionNode: 'an action',
  Activity: 'an activity',
  Actor: 'an actor',
  Assignable: 'a variable',
  Attribute: 'an attribute',
  BackgroundLoad: 'a background load',
  Behaviour: 'a machine, interaction or activity',
  Binding: 'a name bound by a trigger',
  BufferNode: 'a buffer',
  BuiltInFunction: 'a function of the language',
  BuiltInName: 'a name of the language',
  BuiltInProperty: 'a property',
  Callable: 'a function or data type',
  Called: 'an operation',
  Choice: 'a choice',
  Classification: 'a tag',
  Component: 'a component',
  Config: 'a setting',
  DataType: 'a data type',
  Decision: 'a decision',
  DeclaredType: 'an enumeration or data type',
  Deployment: 'a deployment',
  EntryPoint: 'an entry point',
  Enumeration: 'an enumeration',
  ExitPoint: 'an exit point',
  Expectation: 'an expectation',
  Final: 'a final state',
  FlowFinal: 'a flow final',
  Fork: 'a fork',
  History: 'a history',
  InstanceOf: 'a machine or activity',
  Interaction: 'an interaction',
  InterruptibleRegion: 'an interruptible region',
  Join: 'a join',
  Junction: 'a junction',
  Lifeline: 'a lifeline',
  LifelineType: 'a component or machine',
  Literal: 'an enumeration literal',
  LoopVariable: 'a loop variable',
  Machine: 'a machine',
  Merge: 'a merge',
  Node: 'a node',
  Operation: 'an operation',
  Parameter: 'a parameter',
  Participant: 'a lifeline, actor or component',
  Partition: 'a partition',
  Policy: 'a policy',
  Receiver: 'a lifeline, machine, activity or component',
  Region: 'a region',
  ReleaseNode: 'a release action',
  Resource: 'a resource',
  Scenario: 'a scenario',
  SendNode: 'a send action',
  Signal: 'a signal',
  State: 'a state',
  StructuredNode: 'a structured action',
  Terminate: 'a terminate',
  TestCase: 'a test',
  Topic: 'a topic',
  Twin: 'a twin',
  Variable: 'a variable',
  Zone: 'a zone',
};

/** `a state`, `an operation`; the type's own name where there is no better word. */
export function kindName(node: AstNode | string): string {
  const type = typeof node === 'string' ? node : node.$type;
  return words[type] ?? `a ${type.toLowerCase()}`;
}

/** The same without its article. */
export function kindWord(node: AstNode | string): string {
  return kindName(node).replace(/^an? /, '');
}
