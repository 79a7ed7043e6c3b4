/** Fills in what a launch configuration lacks: the file in front, the machine or interaction that the person picks, whole paths. */
import path from 'node:path';
import type { Interaction, Machine } from '@pollux/engine/model';
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
    if (!(await requireTrust('Debugging a model'))) return undefined;
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
    const { events, machine, interaction, test } = configuration;
    const isChosen = [machine, interaction, test].some((each) => each !== undefined);
    const chosen = isChosen ? {} : await this.#pick(program);
    if (chosen === undefined) return undefined;
    return { ...configuration, program, ...chosen, ...(typeof events === 'string' ? { events: whole(events) } : {}) };
  }

  async #pick(program: string): Promise<{ machine: string } | { interaction: string } | undefined> {
    const entry = await this.#models.store.pull(vscode.Uri.file(program).toString());
    const { machines = [], interactions = [] } = entry?.model ?? {};
    const picked = await pickElement<Machine | Interaction>([...machines, ...interactions], {
      placeholder: 'Which machine or interaction?',
      none: `${path.basename(program)} has no machine and no interaction to debug.`,
      alwaysAsk: false,
      detail: ({ parameters }) => parameters.map(({ name }) => name).join(', '),
    });
    if (picked === null) return undefined;
    return picked.kind === 'machine' ? { machine: picked.id } : { interaction: picked.id };
  }
}

function defaults({ name, stopOnEntry }: Partial<vscode.DebugConfiguration>): vscode.DebugConfiguration {
  return { type: debugType, request: 'launch', name: name || 'Debug model', stopOnEntry: stopOnEntry ?? true };
}
