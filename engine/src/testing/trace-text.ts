/** What happened in a machine, as lines that a person reads. */
import type { CompiledMachine, MachineStepper, Occurrence } from '../behavior/index.ts';
import { valueText } from '../expressions/index.ts';
import type { ElementId, Value } from '../model/index.ts';

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
    case 'call': {
      const reply = occurrence.reply === null ? '' : `: ${valueText(occurrence.reply, unknownType)}`;
      return `call ${name}${carriedText(occurrence.values)}${reply}`;
    }
    case 'log':
      return `log ${occurrence.text}`;
    case 'send': {
      const to = occurrence.to === 'self' || occurrence.to === 'sender' ? occurrence.to : nameOf(occurrence.to);
      const key = occurrence.key === undefined ? '' : `(${valueText(occurrence.key, unknownType)})`;
      return `send ${name}${carriedText(occurrence.values)} to ${to}${key}`;
    }
    case 'error':
      return `error ${occurrence.problem.message}`;
  }
}

function carriedText(carried: Readonly<Record<ElementId, Value>>): string {
  const values = Object.entries(carried).map(
    ([id, value]) => `${id.slice(id.lastIndexOf('.') + 1)}: ${valueText(value, unknownType)}`,
  );
  return values.length === 0 ? '' : `(${values.join(', ')})`;
}
