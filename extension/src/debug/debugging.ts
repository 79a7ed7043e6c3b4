/** The debugger in VS Code: its factory, its configurations, values in the editor, and the command that begins. */
import type { Machine, ValueType } from '@pollux/engine/model';
import { type FragmentAnswer, fragmentRequest } from '@pollux/language-server/protocol';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import type { Server } from '../editing/language-client.ts';
import { activeModel, type Models } from '../editing/server-models.ts';
import { pickElement } from '../pick-element.ts';
import { debugType } from './debugger-contribution.ts';
import { inlineNames } from './inline-names.ts';
import { LaunchConfigurations } from './launch-configuration.ts';
import { type DebugHost, MachineDebugSession } from './machine-debug-session.ts';

export function registerDebugging(models: Models, server: Server, overlay: Overlay): vscode.Disposable {
  const host: DebugHost = {
    async model(uri) {
      const entry = await models.store.pull(uri);
      return entry?.broken === undefined ? (entry?.model ?? null) : null;
    },
    fragment: (parameters) => server.client.sendRequest<FragmentAnswer>(fragmentRequest.method, parameters),
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
    createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(new MachineDebugSession(host)),
  };
  return vscode.Disposable.from(
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, factory),
    vscode.debug.registerDebugConfigurationProvider(debugType, new LaunchConfigurations(models)),
    vscode.languages.registerInlineValuesProvider({ language: 'twin' }, inlineValues(models)),
  );
}

/** Answers whether a session began. Values of parameters that are not given are asked for. */
export async function debugMachine(models: Models, document?: string, id?: string, given?: object): Promise<boolean> {
  const target = document === undefined ? await activeModel(models) : await modelIn(models, document);
  if (target === null) return false;
  const machine = await pickElement(target.model.machines, {
    ...(id === undefined ? {} : { id }),
    placeholder: 'Which machine?',
    none: 'The model has no state machine: write one, for example `machine Order { initial -> Created  state Created }`.',
    alwaysAsk: true,
    detail: ({ parameters }) => parameters.map(({ name }) => name).join(', '),
  });
  if (machine === null) return false;
  const values = given ?? (await askForValues(machine));
  if (values === null) return false;
  const uri = vscode.Uri.parse(target.uri);
  return vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), {
    type: debugType,
    request: 'launch',
    name: `Debug ${machine.name}`,
    program: uri.fsPath,
    machine: machine.id,
    arguments: values,
    stopOnEntry: true,
  });
}

/** By name, as texts of the language; null where the person turned away. */
async function askForValues({ name, parameters }: Machine): Promise<Record<string, string> | null> {
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

/** The variables of the machine under the debugger, wherever its text names them. */
function inlineValues(models: Models): vscode.InlineValuesProvider {
  return {
    provideInlineValues(document, viewPort) {
      const { type, configuration } = vscode.debug.activeDebugSession ?? {};
      if (type !== debugType || configuration === undefined) return [];
      const model = models.store.get(uriOf(String(configuration.program)))?.model;
      const machine = model?.machines.find(({ id, name }) => [id, name].includes(configuration.machine));
      if (machine === undefined || machine.place.uri !== document.uri.toString()) return [];
      const names = new Set([...machine.parameters, ...machine.variables].map(({ name }) => name));
      const from = Math.max(viewPort.start.line, machine.place.start.line);
      const to = Math.min(viewPort.end.line, machine.place.end.line, document.lineCount - 1);
      const lines = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => document.lineAt(from + i).text);
      return inlineNames(lines, from, names).map(({ name, line, character }) => {
        const range = new vscode.Range(line, character, line, character + name.length);
        return new vscode.InlineValueEvaluatableExpression(range, name);
      });
    },
  };
}

/** The debugger's protocol has paths for files and whole URIs for everything else. */
function uriOf(path: string): string {
  return /^[a-z][\w+.-]+:\/\//i.test(path) ? path : vscode.Uri.file(path).toString();
}
