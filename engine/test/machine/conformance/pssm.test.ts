import { readFileSync } from 'node:fs';
import { compileMachine, MachineStepper, type Occurrence } from '@pollux/engine/behavior';
import type { ElementId, Value } from '@pollux/engine/model';
import { modelOf } from '@pollux/language-server/language';
import { describe, expect, test } from 'vitest';
import { type PssmEvent, type PssmTest, pssmTests } from './pssm.ts';
import { operationName, pssmAsText } from './pssm-as-text.ts';

const page = readFileSync(new URL('../../../../docs/conformance.md', import.meta.url), 'utf8');

/** Where the language has no words for what the suite traces: said in `docs/conformance.md`. */
const WITHOUT_ARGUMENTS_OF_EXITS: ReadonlySet<string> = new Set(['Event 019 B', 'Event 019 C']);

async function traceOf(pssm: PssmTest): Promise<string> {
  const { model } = await modelOf(pssmAsText(pssm));
  const machine = model?.machines[0];
  const compiled = model && machine ? compileMachine(model, machine.id) : null;
  if (compiled === null || machine === undefined) throw new Error(`${pssm.name} does not compile`);
  const stepper = new MachineStepper(compiled);
  const items = itemsOf(stepper.createInstance(), {});
  for (const event of pssm.events) {
    const { call, signal, args } = event;
    const element: ElementId = call === undefined ? (signal ?? '') : `${machine.id}.${operationName(call)}`;
    items.push(...itemsOf(stepper.dispatch(element, Object.values(args ?? {}).map(valueIn)), event));
  }
  return items.join('::');
}

/** What the behaviours log and, where the test asks for it, what the caller gets. */
function itemsOf(occurrences: readonly Occurrence[], event: PssmEvent): string[] {
  return occurrences.flatMap((occurrence) => {
    if (occurrence.kind === 'error') return [`error: ${occurrence.problem.message}`];
    if (occurrence.kind === 'log') return [occurrence.text];
    if (occurrence.kind !== 'reply' || event.expectOut === undefined) return [];
    const reply = `[out=${occurrence.value}]`;
    return [reply.repeat(Object.keys(event.expectOut).length + 1)];
  });
}

function valueIn(text: string): Value {
  return text === 'true' || text === 'false' ? text === 'true' : Number(text);
}

function withoutArgumentsOfExits(trace: string): string {
  return trace.replace(/\(exit\)(\[in=[^\]]*\])+/g, '(exit)');
}

describe.skipIf(pssmTests.length === 0)('precise semantics of UML state machines', () => {
  test.each(pssmTests.map((pssm) => [pssm.name, pssm] as const))('%s', async (name, pssm) => {
    const trace = await traceOf(pssm);
    const isShort = WITHOUT_ARGUMENTS_OF_EXITS.has(name);
    expect(trace).toBe(isShort ? withoutArgumentsOfExits(pssm.expected) : pssm.expected);
    // Of Event 019 A the sets hold what the tester says too, which is no part of the machine.
    if (pssm.admitted?.includes(pssm.expected)) expect(pssm.admitted).toContain(trace);
    expect(page).toContain(`| ${name} | ${isShort ? 'but for the arguments of exits' : 'as expected'} |`);
  });

  test('the page names as many tests as there are', () => {
    expect(page.match(/^\| \w+ \d{3}.*\|$/gm)).toHaveLength(pssmTests.length);
  });
});
