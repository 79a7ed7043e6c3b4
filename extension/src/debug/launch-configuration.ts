/** Fills in what a launch configuration lacks: the file in front, the machine that the person picks, whole paths. */
import path from 'node:path';
import * as vscode from 'vscode';
import { activeTwinDocument, askForDocument, type Models } from '../editing/server-models.ts';
import { pickElement } from '../pick-element.ts';
import { requireTrust } from '../trust.ts';
import { debuggerContribution, debugType } from './debugger-contribution.ts';

export class LaunchConfigurations implements vscode.DebugConfigurationProvider {
  readonly #models: Models;

  constructor(models: Models) {
    this.#models = models;
  }

  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return debuggerContribution.initialConfigurations.map((each) => ({ ...each, events: [...each.events] }));
  }

  /** Undefined ends the launch; the person has been told why. */
  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (!(await requireTrust('Debugging a machine'))) return undefined;
    // Started without a launch.json all is empty.
    const program: unknown = configuration.program ?? activeTwinDocument()?.uri.fsPath;
    if (typeof program === 'string') return { ...configuration, ...defaults(configuration), program };
    askForDocument();
    return undefined;
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const whole = (file: string) => (path.isAbsolute(file) ? file : path.join(folder?.uri.fsPath ?? '', file));
    const program = whole(String(configuration.program));
    const machine: unknown = configuration.machine ?? (await this.#pick(program));
    if (machine === undefined) return undefined;
    const { events } = configuration;
    return { ...configuration, program, machine, ...(typeof events === 'string' ? { events: whole(events) } : {}) };
  }

  async #pick(program: string): Promise<string | undefined> {
    const entry = await this.#models.store.pull(vscode.Uri.file(program).toString());
    const machine = await pickElement(entry?.model?.machines ?? [], {
      placeholder: 'Which machine?',
      none: `${path.basename(program)} has no state machine to debug.`,
      alwaysAsk: false,
      detail: ({ parameters }) => parameters.map(({ name }) => name).join(', '),
    });
    return machine?.id;
  }
}

function defaults({ name, stopOnEntry }: Partial<vscode.DebugConfiguration>): vscode.DebugConfiguration {
  return { type: debugType, request: 'launch', name: name || 'Debug machine', stopOnEntry: stopOnEntry ?? true };
}
