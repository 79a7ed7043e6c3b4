/** How messages call each kind of syntax node: UML's words with their article. */
import type { AstNode } from 'langium';

const words: Readonly<Record<string, string>> = {
  Actor: 'an actor',
  Binding: 'a name bound by a trigger',
  Choice: 'a choice',
  Component: 'a component',
  Deployment: 'a deployment',
  Enumeration: 'an enumeration',
  Final: 'a final state',
  Interaction: 'an interaction',
  Junction: 'a junction',
  Lifeline: 'a lifeline',
  LifelineType: 'a component or machine',
  Literal: 'an enumeration literal',
  Machine: 'a machine',
  Node: 'a node',
  Operation: 'an operation',
  Parameter: 'a parameter',
  Participant: 'a lifeline or actor',
  Region: 'a region',
  Scenario: 'a scenario',
  Signal: 'a signal',
  State: 'a state',
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
