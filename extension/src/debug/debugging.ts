/** The debugger in VS Code: its factory, its configurations, values in the editor, and the command that begins. */
import { parametersOfBehaviours } from '@pollux/engine/behavior';
import type { Interaction, Machine, Model, ValueType } from '@pollux/engine/model';
import type { TestResult } from '@pollux/engine/testing';
import { type FragmentAnswer, fragmentRequest } from '@pollux/language-server/protocol';
import { runTestsInWorker } from '@pollux/runtime';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import type { Server } from '../editing/language-client.ts';
import { activeModel, type Models } from '../editing/server-models.ts';
import { pickElement } from '../pick-element.ts';
import { type DebugHost, ModelDebugSession } from './debug-session.ts';
import { debugType } from './debugger-contribution.ts';
import { inlineNames } from './inline-names.ts';
import { LaunchConfigurations } from './launch-configuration.ts';

export function registerDebugging(models: Models, server: Server, overlay: Overlay): vscode.Disposable {
  const host: DebugHost = {
    async model(uri) {
      const entry = await models.store.pull(uri);
      return entry?.broken === undefined ? (entry?.model ?? null) : null;
    },
    fragment: (parameters) => server.client.sendRequest<FragmentAnswer>(fragmentRequest.method, parameters),
    async runTest(model, test) {
      const results: TestResult[] = [];
      await runTestsInWorker(model, [test], { onResult: (result) => results.push(result) });
      return results[0] ?? null;
    },
    async readText(path) {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(path)));
    },
    active: (uri, states) => overlay.setActive(uri, states),
    uriOf,
    pathOf(text) {
      const uri = vscode.Uri.parse(text);
      return uri.scheme === 'file' ? uri.fsPath : text;
    },
  };
  const factory: vscode.DebugAdapterDescriptorFactory = {
    createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(new ModelDebugSession(host)),
  };
  return vscode.Disposable.from(
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, factory),
    vscode.debug.registerDebugConfigurationProvider(debugType, new LaunchConfigurations(models)),
    vscode.languages.registerInlineValuesProvider({ language: 'twin' }, inlineValues(models)),
  );
}

/** Answers whether a session began. Values of parameters that are not given are asked for. */
export async function debugBehaviour(
  models: Models,
  kind: 'machine' | 'interaction',
  document?: string,
  id?: string,
  given?: object,
): Promise<boolean> {
  const target = document === undefined ? await activeModel(models) : await modelIn(models, document);
  if (target === null) return false;
  const behaviour = await pickElement<Machine | Interaction>(behavioursOf(target.model, kind), {
    ...(id === undefined ? {} : { id }),
    placeholder: `Which ${kind}?`,
    none: noneOf[kind],
    alwaysAsk: true,
    detail: ({ parameters }) => parameters.map(({ name }) => name).join(', '),
  });
  if (behaviour === null) return false;
  const values = given ?? (await askForValues(behaviour));
  if (values === null) return false;
  const uri = vscode.Uri.parse(target.uri);
  return vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), {
    type: debugType,
    request: 'launch',
    name: `Debug ${behaviour.name}`,
    program: uri.fsPath,
    [kind]: behaviour.id,
    arguments: values,
    stopOnEntry: true,
  });
}

const noneOf = {
  machine:
    'The model has no state machine: write one, for example `machine Order { initial -> Created  state Created }`.',
  interaction: 'The model has no interaction: write one, for example `interaction Checkout { actor customer }`.',
} as const;

function behavioursOf(model: Model, kind: 'machine' | 'interaction'): readonly (Machine | Interaction)[] {
  return kind === 'machine' ? model.machines : model.interactions;
}

/** By name, as texts of the language; null where the person turned away. */
async function askForValues({ name, parameters }: Machine | Interaction): Promise<Record<string, string> | null> {
  const values: Record<string, string> = {};
  for (const parameter of parameters) {
    const type = typeText(parameter.type);
    const value = await vscode.window.showInputBox({
      title: `Debug ${name}: ${parameter.name}`,
      prompt: `A value of type ${type} for ${parameter.name}. Left empty it is absent.`,
      ignoreFocusOut: true,
    });
    if (value === undefined) return null;
    if (value.trim() !== '') values[parameter.name] = value.trim();
  }
  return values;
}

function typeText(type: ValueType): string {
  switch (type.kind) {
    case 'primitive':
      return type.name;
    case 'enumeration':
    case 'data':
      return type.id.slice(type.id.lastIndexOf('.') + 1);
    case 'list':
    case 'optional':
      return typeText(type.of);
    case 'unknown':
      return 'any kind';
  }
}

async function modelIn(models: Models, uri: string) {
  const model = (models.store.get(uri) ?? (await models.store.pull(uri)))?.model;
  return model === null || model === undefined ? null : { uri, model };
}

/** The variables of the behaviour under the debugger, wherever its text names them. */
function inlineValues(models: Models): vscode.InlineValuesProvider {
  return {
    provideInlineValues(document, viewPort) {
      const { type, configuration } = vscode.debug.activeDebugSession ?? {};
      if (type !== debugType || configuration === undefined) return [];
      const model = models.store.get(uriOf(String(configuration.program)))?.model;
      const behaviour = debugged(model, configuration);
      if (behaviour === undefined || behaviour.place.uri !== document.uri.toString()) return [];
      const taken = behaviour.kind === 'machine' ? parametersOfBehaviours(behaviour) : [];
      const names = new Set([...behaviour.parameters, ...behaviour.variables, ...taken].map(({ name }) => name));
      const from = Math.max(viewPort.start.line, behaviour.place.start.line);
      const to = Math.min(viewPort.end.line, behaviour.place.end.line, document.lineCount - 1);
      const lines = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => document.lineAt(from + i).text);
      return inlineNames(lines, from, names).map(({ name, line, character }) => {
        const range = new vscode.Range(line, character, line, character + name.length);
        return new vscode.InlineValueEvaluatableExpression(range, name);
      });
    },
  };
}

/** The behaviour that a configuration is about, or that its test is of. */
function debugged(
  model: Model | null | undefined,
  { machine, interaction, test }: vscode.DebugConfiguration,
): Machine | Interaction | undefined {
  const tested = model?.tests.find(({ id, name }) => [id, name].includes(test))?.behaviour;
  const wanted = tested ?? interaction ?? machine;
  return [...(model?.machines ?? []), ...(model?.interactions ?? [])].find(({ id, name }) =>
    [id, name].includes(wanted),
  );
}

/** The debugger's protocol has paths for files and whole URIs for everything else. */
function uriOf(path: string): string {
  return /^[a-z][\w+.-]+:\/\//i.test(path) ? path : vscode.Uri.file(path).toString();
}
