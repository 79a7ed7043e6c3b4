/** The debug adapter as an editor drives it: messages of the protocol in and out. */
import { runTest } from '@pollux/engine/testing';
import { type FragmentAnswer, fragmentRequest } from '@pollux/language-server/protocol';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { ModelDebugSession } from '../../../src/debug/debug-session.ts';
import { type Debugged, uri } from './debugged.ts';

export const path = uri.slice('file://'.length);

export class Adapter {
  readonly events: DebugProtocol.Event[] = [];
  /** The states that a diagram would show, stop by stop. */
  readonly active: (readonly string[])[] = [];
  readonly #session: ModelDebugSession;
  readonly #waiting = new Map<number, (response: DebugProtocol.Response) => void>();
  readonly #looking = new Set<() => void>();
  #sequence = 0;

  constructor(debugged: Debugged) {
    this.#session = new ModelDebugSession({
      model: async () => debugged.model,
      fragment: (parameters) => debugged.client.request<FragmentAnswer>(fragmentRequest.method, parameters),
      runTest: async (model, test) => runTest(model, test),
      readText: async (file) =>
        file === 'events.json'
          ? '[{"signal": "Pay", "args": {"ok": false, "method": "cash"}}]'
          : Promise.reject(new Error('no such file')),
      active: (_, states) => this.active.push(states),
      uriOf: (file) => `file://${file}`,
      pathOf: (of) => of.slice('file://'.length),
    });
    this.#session.onDidSendMessage((message) => {
      if ('request_seq' in message)
        this.#waiting.get((message as DebugProtocol.Response).request_seq)?.(message as DebugProtocol.Response);
      else this.events.push(message as DebugProtocol.Event);
      for (const look of this.#looking) look();
    });
  }

  async ask(command: string, parameters: object = {}): Promise<DebugProtocol.Response> {
    const seq = ++this.#sequence;
    const answer = new Promise<DebugProtocol.Response>((resolve) => this.#waiting.set(seq, resolve));
    this.#session.handleMessage({ seq, type: 'request', command, arguments: parameters } as DebugProtocol.Request);
    return answer;
  }

  /** The body of an answer that must be a success. */
  async body<T>(command: string, parameters: object = {}): Promise<T> {
    const answer = await this.ask(command, parameters);
    if (!answer.success) throw new Error(`${command}: ${errorOf(answer)}`);
    return answer.body as T;
  }

  /** Does something and waits for the next event of that name. */
  async until(name: string, command: string, parameters: object = {}): Promise<DebugProtocol.Event> {
    const before = this.events.length;
    const found = () => this.events.slice(before).find(({ event }) => event === name);
    const arrived = new Promise<DebugProtocol.Event>((resolve) => {
      const look = () => {
        const event = found();
        if (event === undefined) return;
        this.#looking.delete(look);
        resolve(event);
      };
      this.#looking.add(look);
    });
    await this.body(command, parameters);
    return arrived;
  }

  async launch(more: object = {}, breakpoints: readonly DebugProtocol.SourceBreakpoint[] = []) {
    await this.body('initialize', {
      adapterID: 'pollux',
      pathFormat: 'path',
      linesStartAt1: true,
      columnsStartAt1: true,
    });
    await this.until('initialized', 'launch', { program: path, ...more });
    const set = await this.body<{ breakpoints: DebugProtocol.Breakpoint[] }>('setBreakpoints', {
      source: { path },
      breakpoints,
    });
    return set.breakpoints;
  }

  /** Of the thread that stopped last. */
  async stack(threadId = this.thread): Promise<readonly DebugProtocol.StackFrame[]> {
    return (await this.body<{ stackFrames: DebugProtocol.StackFrame[] }>('stackTrace', { threadId })).stackFrames;
  }

  async reference(name: string, frameId = 1): Promise<number> {
    const { scopes } = await this.body<{ scopes: DebugProtocol.Scope[] }>('scopes', { frameId });
    return scopes.find((scope) => scope.name === name)?.variablesReference ?? 0;
  }

  async scope(name: string, frameId = 1): Promise<Readonly<Record<string, string>>> {
    const variablesReference = await this.reference(name, frameId);
    const { variables } = await this.body<{ variables: DebugProtocol.Variable[] }>('variables', { variablesReference });
    return Object.fromEntries(variables.map((variable) => [variable.name, variable.value]));
  }

  get thread(): number {
    const stops = this.events.filter(({ event }) => event === 'stopped');
    return (stops.at(-1)?.body as { threadId?: number } | undefined)?.threadId ?? 1;
  }

  said(): string {
    return this.events.map(({ body }) => (body as { output?: string } | undefined)?.output ?? '').join('');
  }
}

/** As an editor shows it: names in braces stand for variables. */
export function errorOf(answer: DebugProtocol.Response): string {
  const { error } = answer.body as { error?: DebugProtocol.Message };
  return error?.format.replace(/\{([^}]+)\}/g, (name, key: string) => error.variables?.[key] ?? name) ?? '';
}
