/**
 * The Debug Adapter Protocol over whatever is debugged: requests in, answers and events out. Where texts and models come
 * from, and what paths mean, is its host's business.
 */
import type { ElementId, Model, Place } from '@pollux/engine/model';
import type { TestResult } from '@pollux/engine/testing';
import type { FragmentAnswer, FragmentParameters } from '@pollux/language-server/protocol';
import {
  ContinuedEvent,
  DebugSession,
  InitializedEvent,
  OutputEvent,
  Scope,
  Source,
  StackFrame,
  StoppedEvent,
  TerminatedEvent,
  Thread,
} from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Breakpoint, readBreakpoint } from './breakpoint.ts';
import type { Debuggee, FramePosition } from './debuggee.ts';
import { fits } from './fits.ts';
import { idOf, positionOf } from './frame-numbers.ts';
import { type LaunchArguments, launchDebuggee } from './launch-debuggee.ts';
import type { Output } from './moment.ts';
import type { ShownVariable } from './moment-views.ts';
import type { Stop } from './walk.ts';

export interface DebugHost {
  /** Null where there is none, or it is broken. */
  model(uri: string): Promise<Model | null>;
  fragment(parameters: FragmentParameters): Promise<FragmentAnswer>;
  /** Null where it could not be run. */
  runTest(model: Model, test: ElementId): Promise<TestResult | null>;
  /** A file of events that the configuration names. */
  readText(path: string): Promise<string>;
  /** Told wherever it stops, and with none at the end: for whoever draws the machine. */
  active(uri: string, states: readonly ElementId[]): void;
  uriOf(path: string): string;
  pathOf(uri: string): string;
}

type PolluxLaunch = DebugProtocol.LaunchRequestArguments &
  LaunchArguments & {
    /** The path of the model. */
    readonly program: string;
    readonly stopOnEntry?: boolean;
  };

export class ModelDebugSession extends DebugSession {
  readonly #host: DebugHost;
  #uri = '';
  #stopOnEntry = false;
  #debug: Debuggee | null = null;
  /** What can be opened where it stands, by its reference less one. */
  #opened: (() => readonly ShownVariable[])[] = [];
  #breakpoints = 0;

  constructor(host: DebugHost) {
    super();
    this.#host = host;
    this.setDebuggerLinesStartAt1(false);
    this.setDebuggerColumnsStartAt1(false);
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = {
      supportsConfigurationDoneRequest: true,
      supportsConditionalBreakpoints: true,
      supportsHitConditionalBreakpoints: true,
      supportsLogPoints: true,
      supportsStepBack: true,
      supportsSetVariable: true,
      supportsEvaluateForHovers: true,
      supportsBreakpointLocationsRequest: true,
      supportsTerminateRequest: true,
    };
    this.sendResponse(response);
  }

  protected override launchRequest(response: DebugProtocol.LaunchResponse, launch: PolluxLaunch): void {
    this.#answer(response, async () => {
      this.#uri = this.#host.uriOf(launch.program);
      this.#stopOnEntry = launch.stopOnEntry === true;
      const model = await this.#host.model(this.#uri);
      if (model === null) throw new Refusal(`${launch.program} has no model to run: mend its errors first.`);
      const events = typeof launch.events === 'string' ? await this.#eventsIn(launch.events) : launch.events;
      const debuggee = await launchDebuggee(
        model,
        { ...launch, events },
        {
          read: (behaviour, text) => this.#host.fragment({ uri: this.#uri, behaviour, text }),
          runTest: (test) => this.#host.runTest(model, test),
          say: (output) => this.#say(output),
        },
      );
      if ('problem' in debuggee) throw new Refusal(debuggee.problem);
      this.#debug = debuggee;
      this.sendEvent(new InitializedEvent());
    });
  }

  async #eventsIn(path: string): Promise<unknown> {
    try {
      return JSON.parse(await this.#host.readText(path));
    } catch (error) {
      throw new Refusal(
        `The events in ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  }

  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    { source, breakpoints = [] }: DebugProtocol.SetBreakpointsArguments,
  ): void {
    this.#answer(response, async () => {
      const debug = this.#running();
      const uri = this.#host.uriOf(source.path ?? '');
      const set: Breakpoint[] = [];
      const shown: DebugProtocol.Breakpoint[] = [];
      for (const { line, column, condition, hitCondition, logMessage } of breakpoints) {
        const written = {
          line: this.convertClientLineToDebugger(line),
          column: column === undefined ? undefined : this.convertClientColumnToDebugger(column),
          condition,
          hitCondition,
          logMessage,
        };
        const id = ++this.#breakpoints;
        const read = await readBreakpoint(id, uri, written, debug.sites, (text, place) => this.#read(text, place));
        if ('problem' in read) shown.push({ id, verified: false, line, message: read.problem });
        else {
          set.push(read);
          shown.push({ id, verified: true, line });
        }
      }
      debug.setBreakpoints(uri, set);
      response.body = { breakpoints: shown };
    });
  }

  protected override breakpointLocationsRequest(
    response: DebugProtocol.BreakpointLocationsResponse,
    { source, line, endLine }: DebugProtocol.BreakpointLocationsArguments,
  ): void {
    this.#answer(response, () => {
      const uri = this.#host.uriOf(source.path ?? '');
      const [from, to] = [line, endLine ?? line].map((each) => this.convertClientLineToDebugger(each));
      const here = this.#running().sites.filter(({ place: { uri: own, start } }) => {
        return own === uri && start.line >= (from ?? 0) && start.line <= (to ?? 0);
      });
      const places = here.map(({ place: { start } }) => ({
        line: this.convertDebuggerLineToClient(start.line),
        column: this.convertDebuggerColumnToClient(start.character),
      }));
      const keys = places.map((place) => `${place.line}:${place.column}`);
      response.body = { breakpoints: places.filter((_, i) => keys.indexOf(keys[i] ?? '') === i) };
    });
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.#move(response, (debug) => debug.start(this.#stopOnEntry));
  }

  protected override continueRequest(response: DebugProtocol.ContinueResponse): void {
    this.#move(response, (debug) => debug.continue());
  }

  protected override nextRequest(response: DebugProtocol.NextResponse): void {
    this.#move(response, (debug) => debug.stepOver());
  }

  protected override stepInRequest(response: DebugProtocol.StepInResponse): void {
    this.#move(response, (debug) => debug.stepIn());
  }

  protected override stepOutRequest(response: DebugProtocol.StepOutResponse): void {
    this.#move(response, (debug) => debug.stepOut());
  }

  protected override stepBackRequest(response: DebugProtocol.StepBackResponse): void {
    this.#move(response, (debug) => debug.stepBack());
  }

  protected override reverseContinueRequest(response: DebugProtocol.ReverseContinueResponse): void {
    this.#move(response, (debug) => debug.reverseContinue());
  }

  /** It always stands: whatever moves it has come to its end before the next request is read. */
  protected override pauseRequest(response: DebugProtocol.PauseResponse): void {
    this.sendResponse(response);
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.sendResponse(response);
    this.#end();
  }

  protected override disconnectRequest(response: DebugProtocol.DisconnectResponse): void {
    this.#host.active(this.#uri, []);
    this.sendResponse(response);
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    response.body = { threads: (this.#debug?.threads() ?? []).map(({ id, name }) => new Thread(id, name)) };
    this.sendResponse(response);
  }

  protected override stackTraceRequest(
    response: DebugProtocol.StackTraceResponse,
    { threadId }: DebugProtocol.StackTraceArguments,
  ): void {
    this.#answer(response, () => {
      const debug = this.#running();
      const stackFrames = debug.frames(threadId).map(({ name, place }, i) => {
        const frame = new StackFrame(
          idOf({ thread: threadId, frame: i }),
          name,
          this.#sourceOf(place),
          ...this.#lineAndColumn(place.start),
        );
        [frame.endLine, frame.endColumn] = this.#lineAndColumn(place.end);
        return frame;
      });
      response.body = { stackFrames, totalFrames: stackFrames.length };
    });
  }

  protected override scopesRequest(
    response: DebugProtocol.ScopesResponse,
    { frameId }: DebugProtocol.ScopesArguments,
  ): void {
    this.#answer(response, () => {
      const debug = this.#running();
      const scopes = () => debug.scopes(positionOf(frameId));
      const open = (i: number) => this.#opened.push(() => scopes()[i]?.variables ?? []);
      response.body = { scopes: scopes().map(({ name }, i) => new Scope(name, open(i))) };
    });
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    { variablesReference }: DebugProtocol.VariablesArguments,
  ): void {
    this.#answer(response, () => {
      const variables = this.#shown(variablesReference).map(({ name, text, element, parts }, i) => ({
        name,
        value: text,
        variablesReference:
          parts === undefined ? 0 : this.#opened.push(() => this.#shown(variablesReference)[i]?.parts ?? []),
        ...(element === undefined ? { presentationHint: { attributes: ['readOnly'] } } : { evaluateName: name }),
      }));
      response.body = { variables };
    });
  }

  #shown(reference: number): readonly ShownVariable[] {
    return this.#opened[reference - 1]?.() ?? [];
  }

  protected override setVariableRequest(
    response: DebugProtocol.SetVariableResponse,
    { variablesReference, name, value }: DebugProtocol.SetVariableArguments,
  ): void {
    this.#answer(response, async () => {
      const debug = this.#running();
      const variable = this.#shown(variablesReference).find((each) => each.name === name);
      if (variable?.element === undefined || variable.type === undefined) throw new Refusal(`${name} cannot be set.`);
      const { fragment } = await this.#understood(value, undefined);
      if (fragment.kind !== 'expression') throw new Refusal(`${value} is no value.`);
      if (!fits(fragment.expression.type, variable.type)) throw new Refusal(`${value} is not of the type of ${name}.`);
      const result = debug.evaluate(fragment.expression, here(debug));
      if ('problem' in result) throw new Refusal(result.problem.message);
      if (!debug.set(variable, result.value)) throw new Refusal(`${name} cannot be set here.`);
      response.body = { value: debug.text(result.value, variable.type) };
    });
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    { expression: text, context, frameId }: DebugProtocol.EvaluateArguments,
  ): void {
    this.#answer(response, async () => {
      const debug = this.#running();
      const { fragment } = await this.#understood(text, frameId);
      if (fragment.kind === 'expression') {
        const { expression } = fragment;
        const result = debug.evaluate(expression, frameId === undefined ? here(debug) : positionOf(frameId));
        if ('problem' in result) throw new Refusal(result.problem.message);
        response.body = { result: debug.text(result.value, expression.type), variablesReference: 0 };
        return undefined;
      }
      if (context !== 'repl') throw new Refusal('Only the debug console lets something happen.');
      const happen = debug.happens(fragment);
      if ('problem' in happen) throw new Refusal(happen.problem);
      response.body = { result: '', variablesReference: 0 };
      return () => {
        this.sendEvent(new ContinuedEvent(debug.thread, true));
        this.#stopped(happen());
      };
    });
  }

  async #understood(text: string, frameId: number | undefined): Promise<Exclude<FragmentAnswer, { problem: string }>> {
    const debug = this.#running();
    const at = frameId === undefined ? here(debug) : positionOf(frameId);
    const behaviour = debug.behaviour(at);
    const place = debug.frames(at.thread)[at.frame]?.place;
    const answer = await this.#host.fragment({
      uri: this.#uri,
      behaviour,
      text,
      ...(place === undefined ? {} : { context: place }),
    });
    if ('fragment' in answer) return answer;
    // Where it stopped may be in a machine that this one inherits from: its own names are not seen there.
    const elsewhere = await this.#host.fragment({ uri: this.#uri, behaviour, text });
    if ('problem' in elsewhere) throw new Refusal(answer.problem);
    return elsewhere;
  }

  #read(text: string, context: Place): Promise<FragmentAnswer> {
    return this.#host.fragment({ uri: this.#uri, behaviour: this.#running().behaviour(context), text, context });
  }

  #move(response: DebugProtocol.Response, move: (debug: Debuggee) => Stop): void {
    this.#answer(response, () => {
      const debug = this.#running();
      return () => this.#stopped(move(debug));
    });
  }

  #stopped({ reason, hits }: Stop): void {
    switch (reason) {
      case 'ended':
        this.#end();
        return;
      case 'waiting':
        this.#say({
          text: this.#running().hint,
          isError: false,
        });
        this.#stop('pause', 'Waiting for an event');
        return;
      case 'exception':
        this.#stop('exception', 'Stopped by a run-time error', this.#debug?.moment.problem?.message);
        return;
      case 'entry':
      case 'step':
        this.#stop(reason);
        return;
      case 'breakpoint':
        this.#stop(reason, undefined, undefined, hits);
    }
  }

  #end(): void {
    this.#host.active(this.#uri, []);
    this.sendEvent(new TerminatedEvent());
  }

  #stop(reason: string, description?: string, text?: string, hits?: readonly number[]): void {
    const debug = this.#running();
    this.#opened = [];
    this.#host.active(this.#uri, debug.active());
    const event: DebugProtocol.StoppedEvent = new StoppedEvent(reason, debug.thread);
    event.body.allThreadsStopped = true;
    if (description !== undefined) event.body.description = description;
    if (text !== undefined) event.body.text = text;
    if (hits !== undefined) event.body.hitBreakpointIds = [...hits];
    this.sendEvent(event);
  }

  #say({ text, isError, place }: Output): void {
    const event: DebugProtocol.OutputEvent = new OutputEvent(`${text}\n`, isError ? 'stderr' : 'stdout');
    if (place !== undefined) {
      event.body.source = this.#sourceOf(place);
      [event.body.line, event.body.column] = this.#lineAndColumn(place.start);
    }
    this.sendEvent(event);
  }

  #sourceOf({ uri }: Place): Source {
    return new Source(uri.slice(uri.lastIndexOf('/') + 1), this.#host.pathOf(uri));
  }

  #lineAndColumn({ line, character }: Place['start']): [number, number] {
    return [this.convertDebuggerLineToClient(line), this.convertDebuggerColumnToClient(character)];
  }

  #running(): Debuggee {
    if (this.#debug === null) throw new Refusal('Nothing is being debugged.');
    return this.#debug;
  }

  /**
   * The one place where what goes wrong becomes the answer to a request. What the work returns comes after the answer: who
   * asked wants to know that it goes on before it hears where it stopped.
   */
  #answer(response: DebugProtocol.Response, work: () => Work | Promise<Work>): void {
    void (async () => {
      let after: Work;
      try {
        after = await work();
      } catch (error) {
        // Braces in a format are names of variables: the text is one, so that its own braces stay.
        const variables = { _text: sentenceOf(error) };
        const id = error instanceof Refusal ? 1 : 2;
        this.sendErrorResponse(response, { id, format: '{_text}', variables, showUser: true });
        return;
      }
      this.sendResponse(response);
      try {
        after?.();
      } catch (error) {
        this.#say({ text: `The debugger failed: ${sentenceOf(error)}`, isError: true });
        this.#end();
      }
    })();
  }
}

function here({ thread }: Debuggee): FramePosition {
  return { thread, frame: 0 };
}

// biome-ignore lint/suspicious/noConfusingVoidType: most work leaves nothing to do after the answer
type Work = void | (() => void);

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A sentence for the person who asked. */
class Refusal extends Error {}
