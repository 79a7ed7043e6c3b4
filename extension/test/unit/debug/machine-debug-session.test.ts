/** The debug adapter as an editor drives it: messages of the protocol in and out. */
import { type FragmentAnswer, fragmentRequest } from '@pollux/language-server/protocol';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MachineDebugSession } from '../../../src/debug/machine-debug-session.ts';
import { Debugged, uri } from './debugged.ts';

const text = `package shop
enum Method { card, cash }
signal Pay(ok: Boolean, method: Method)
machine Order(id: String, limit: Integer) {
  var attempts: Integer = 0
  initial -> Created
  state Created {
    on Pay(ok) [ok] / log "paid {id}" -> Paid
    on Pay(ok) [not ok] / attempts += 1
    after 30 s -> Expired
  }
  state Paid
  final Expired
}
`;
const path = uri.slice('file://'.length);
let debugged: Debugged;

beforeAll(async () => {
  debugged = await Debugged.open(text);
});
afterAll(() => debugged.close());

class Adapter {
  readonly events: DebugProtocol.Event[] = [];
  /** The states that a diagram would show, stop by stop. */
  readonly active: (readonly string[])[] = [];
  readonly #session: MachineDebugSession;
  readonly #waiting = new Map<number, (response: DebugProtocol.Response) => void>();
  readonly #looking = new Set<() => void>();
  #sequence = 0;

  constructor() {
    this.#session = new MachineDebugSession({
      model: async () => debugged.model,
      fragment: (parameters) => debugged.client.request<FragmentAnswer>(fragmentRequest.method, parameters),
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
    await this.until('initialized', 'launch', { program: path, machine: 'Order', ...more });
    const set = await this.body<{ breakpoints: DebugProtocol.Breakpoint[] }>('setBreakpoints', {
      source: { path },
      breakpoints,
    });
    return set.breakpoints;
  }

  async stack(): Promise<readonly DebugProtocol.StackFrame[]> {
    return (await this.body<{ stackFrames: DebugProtocol.StackFrame[] }>('stackTrace', { threadId: 1 })).stackFrames;
  }

  async scope(name: string): Promise<Readonly<Record<string, string>>> {
    const { scopes } = await this.body<{ scopes: DebugProtocol.Scope[] }>('scopes', { frameId: 1 });
    const variablesReference = scopes.find((scope) => scope.name === name)?.variablesReference;
    const { variables } = await this.body<{ variables: DebugProtocol.Variable[] }>('variables', { variablesReference });
    return Object.fromEntries(variables.map((variable) => [variable.name, variable.value]));
  }

  said(): string {
    return this.events.map(({ body }) => (body as { output?: string } | undefined)?.output ?? '').join('');
  }
}

function errorOf(answer: DebugProtocol.Response): string {
  return (answer.body as { error?: { format: string } }).error?.format ?? '';
}

const lineOf = (of: string) => debugged.line(of) + 1;

test('a session from launch to the end: breakpoint, stack, scopes, steps both ways, end', async () => {
  const adapter = new Adapter();
  const events = [{ signal: 'Pay', args: { ok: false, method: 'card' } }, 'send Pay(ok: true, method: Method.cash)'];
  const breakpoints = await adapter.launch({ arguments: { id: 'o-1', limit: 3 }, events }, [
    { line: lineOf('attempts += 1') },
    { line: lineOf('var attempts') },
  ]);
  expect(breakpoints).toMatchObject([
    { verified: true },
    { verified: false, message: expect.stringMatching(/Nothing happens/) },
  ]);

  const stop = await adapter.until('stopped', 'configurationDone');
  expect(stop.body).toMatchObject({ reason: 'breakpoint', hitBreakpointIds: [breakpoints[0]?.id] });
  const [top, ...below] = await adapter.stack();
  expect(top).toMatchObject({ line: lineOf('attempts += 1'), source: { path } });
  expect(below.map(({ name }) => name)).toEqual(['Created', 'Order']);
  expect(await adapter.scope('Variables')).toEqual({ id: '"o-1"', limit: '3', attempts: '0' });
  expect(await adapter.scope('Event')).toEqual({ event: 'Pay', ok: 'false', method: '"card"' });
  expect(await adapter.scope('Timers')).toMatchObject({ now: '0 s' });
  expect(await adapter.scope('Pool')).toEqual({ Pay: '(true, "cash") from the script' });

  await adapter.until('stopped', 'next', { threadId: 1 });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '1' });
  await adapter.until('stopped', 'stepBack', { threadId: 1 });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '0' });

  expect((await adapter.until('stopped', 'continue', { threadId: 1 })).body).toMatchObject({ reason: 'pause' });
  expect(adapter.said()).toContain('paid o-1');
  await adapter.until('stopped', 'reverseContinue', { threadId: 1 });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '0' });
});

test('the debug console evaluates, lets events happen and time pass; the end of the instance ends the session', async () => {
  const adapter = new Adapter();
  await adapter.launch({ arguments: { id: 'o-1' } });
  await adapter.until('stopped', 'configurationDone');
  const evaluated = (expression: string) => adapter.body('evaluate', { expression, context: 'repl' });
  expect(await evaluated('attempts + 1 < 2 and in(Created)')).toMatchObject({ result: 'true' });
  await adapter.until('stopped', 'evaluate', {
    expression: 'send Pay(ok: false, method: Method.card)',
    context: 'repl',
  });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '1' });
  expect(await adapter.body('setVariable', { variablesReference: 1, name: 'attempts', value: 'attempts + 4' })).toEqual(
    { value: '5' },
  );
  expect(await evaluated('attempts')).toMatchObject({ result: '5' });
  await adapter.until('stopped', 'evaluate', { expression: 'after 31 s', context: 'repl' });
  expect((await adapter.stack()).map(({ name }) => name)).toEqual(['Expired', 'Order']);
  await adapter.until('terminated', 'continue', { threadId: 1 });
  const [created, expired] = [['shop.Order.Created'], ['shop.Order.Expired']];
  expect(adapter.active).toEqual([created, created, expired, []]);
});

test('stops on entry, and takes its script from a file', async () => {
  const adapter = new Adapter();
  await adapter.launch({ events: 'events.json', stopOnEntry: true });
  expect((await adapter.until('stopped', 'configurationDone')).body).toMatchObject({ reason: 'entry' });
  await adapter.until('stopped', 'continue', { threadId: 1 });
  expect(await adapter.scope('Variables')).toMatchObject({ attempts: '1' });
});

test.each([
  [{ machine: 'Ordr' }, /no machine Ordr; it has: Order/],
  [{ arguments: { nr: 3 } }, /no parameter nr; its parameters: id, limit/],
  [{ events: [{ signal: 'Pey' }] }, /Event 1 of the script: .*Pey/],
  [{ events: [{ signal: 'Pay', args: { ok: 3 } }] }, /Event 1 of the script/],
  [{ events: [{}] }, /write .*signal/],
  [{ events: 'nowhere.json' }, /nowhere\.json cannot be read/],
  [{ events: 3 }, /neither a list/],
])('a launch with %o says what is wrong', async (more, reason) => {
  const adapter = new Adapter();
  await adapter.body('initialize', { adapterID: 'pollux', pathFormat: 'path' });
  const answer = await adapter.ask('launch', { program: path, machine: 'Order', ...more });
  expect([answer.success, errorOf(answer)]).toEqual([false, expect.stringMatching(reason)]);
});

test.each([
  ['setVariable', { variablesReference: 1, name: 'attempts', value: '"x"' }, /type/],
  ['setVariable', { variablesReference: 4, name: 'now', value: '1 s' }, /cannot be set/],
  ['evaluate', { expression: 'atempts', context: 'watch' }, /atempts/],
  ['evaluate', { expression: 'after 1 s', context: 'watch' }, /console/],
])('%s of %o is refused with a reason', async (command, parameters, reason) => {
  const adapter = new Adapter();
  await adapter.launch();
  await adapter.until('stopped', 'configurationDone');
  const answer = await adapter.ask(command, parameters);
  expect([answer.success, errorOf(answer)]).toEqual([false, expect.stringMatching(reason)]);
});
