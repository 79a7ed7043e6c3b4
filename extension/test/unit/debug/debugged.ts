/** A machine under the debugger, and the language server that reads what is typed: the same way as in the editor. */
import type { Model, Place } from '@pollux/engine/model';
import { type FragmentAnswer, fragmentRequest } from '@pollux/language-server/protocol';
import { type Client, connect } from '../../../../language-server/test/lsp/client.ts';
import { type Breakpoint, readBreakpoint, type WrittenBreakpoint } from '../../../src/debug/breakpoint.ts';
import { MachineDebugger } from '../../../src/debug/machine-debugger.ts';
import type { Happening, Moment } from '../../../src/debug/moment.ts';
import { framesOf, variablesOf } from '../../../src/debug/moment-views.ts';

export const uri = 'file:///debugged.twin';

export class Debugged {
  readonly client: Client;
  readonly model: Model;
  readonly text: string;
  #breakpoints = 0;

  private constructor(client: Client, model: Model, text: string) {
    this.client = client;
    this.model = model;
    this.text = text;
  }

  static async open(text: string): Promise<Debugged> {
    const client = await connect();
    await client.open(uri, text);
    const { model, broken } = await client.model(uri);
    if (model === null || broken !== undefined) throw new Error(`the fixture is broken: ${broken?.message}`);
    return new Debugged(client, model, text);
  }

  close(): void {
    this.client.close();
  }

  start(machine: string, script: readonly Happening[] = [], values: readonly (string | number | boolean)[] = []) {
    const said: string[] = [];
    const made = MachineDebugger.of({ model: this.model, machine, values, script }, ({ text }) => said.push(text));
    if (made === null) throw new Error(`no machine ${machine}`);
    return { debug: made, said };
  }

  read(behaviour: string, text: string, context?: Place): Promise<FragmentAnswer> {
    return this.client.request(fragmentRequest.method, {
      uri,
      behaviour,
      text,
      ...(context === undefined ? {} : { context }),
    });
  }

  /** The line on which a text stands. */
  line(of: string): number {
    const at = this.text.indexOf(of);
    if (at < 0) throw new Error(`the fixture has no ${of}`);
    return this.text.slice(0, at).split('\n').length - 1;
  }

  async breakpoint(
    debug: MachineDebugger,
    at: string,
    more: Partial<WrittenBreakpoint> = {},
  ): Promise<Breakpoint | { readonly problem: string }> {
    const machine = debug.machine.compiled.id;
    const read = (text: string, context?: Place) => this.read(machine, text, context);
    return readBreakpoint(++this.#breakpoints, uri, { line: this.line(at), ...more }, debug.sites, read);
  }

  async stopAt(debug: MachineDebugger, at: string, more: Partial<WrittenBreakpoint> = {}): Promise<void> {
    const breakpoint = await this.breakpoint(debug, at, more);
    if ('problem' in breakpoint) throw new Error(breakpoint.problem);
    debug.setBreakpoints(uri, [breakpoint]);
  }
}

export function event(element: string, ...values: (string | number | boolean)[]): Happening {
  return { kind: 'event', element, values };
}

/** `enter Created`, `action Created/on(Pay)->Paid`. */
export function told({ kind, element }: Moment): string {
  return kind === 'rest' ? 'rest' : `${kind} ${element.slice(element.indexOf('.', element.indexOf('.') + 1) + 1)}`;
}

export function stack(debug: MachineDebugger): readonly string[] {
  return framesOf(debug.machine.compiled, debug.moment).map(({ name }) => name);
}

export function variables(debug: MachineDebugger): Readonly<Record<string, string>> {
  const shown = variablesOf(debug.machine.compiled, debug.moment, debug.evaluator);
  return Object.fromEntries(shown.map(({ name, text }) => [name, text]));
}
