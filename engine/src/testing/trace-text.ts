/** What happened in a machine, as lines that a person reads. */
import type { CompiledMachine, MachineStepper, Occurrence } from '../behavior/index.ts';
import { valueText } from '../expressions/index.ts';
import type { ElementId } from '../model/index.ts';

const unknownType = { kind: 'unknown' } as const;

/** The innermost active states by name. */
export function activeNames({ vertices, parent, vertexIndex }: CompiledMachine, stepper: MachineStepper): string {
  const active = stepper.states().flatMap((id) => vertexIndex.get(id) ?? []);
  const innermost = active.filter((vertex) => !active.some((other) => parent[other] === vertex));
  return innermost.map((vertex) => vertices[vertex]?.name ?? '').join(' and ');
}

/** `nameOf` says what an element is called within its machine. */
export function occurrenceText(occurrence: Occurrence, nameOf: (element: ElementId) => string): string {
  const name = nameOf(occurrence.element);
  switch (occurrence.kind) {
    case 'enter':
    case 'exit':
    case 'transition':
    case 'discard':
    case 'defer':
    case 'complete':
    case 'terminate':
      return `${occurrence.kind} ${name}`;
    case 'reply':
      return `reply ${name}: ${valueText(occurrence.value, unknownType)}`;
    case 'log':
      return `log ${occurrence.text}`;
    case 'send': {
      const values = Object.entries(occurrence.values).map(
        ([attribute, value]) => `${attribute.slice(attribute.lastIndexOf('.') + 1)}: ${valueText(value, unknownType)}`,
      );
      const to = occurrence.to === 'self' || occurrence.to === 'sender' ? occurrence.to : nameOf(occurrence.to);
      return `send ${name}${values.length === 0 ? '' : `(${values.join(', ')})`} to ${to}`;
    }
    case 'error':
      return `error ${occurrence.problem.message}`;
  }
}
