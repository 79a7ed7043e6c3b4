/**
 * Every command, setting, colour and view of the extension, declared once. `package.json`, the registration in the code and
 * the tests are derived from here. Knows nothing of VS Code's API.
 */

export interface CommandContribution {
  readonly title: string;
  readonly icon?: string;
  /** When it can be run: a `when` clause. */
  readonly enablement?: string;
  /** False keeps it out of the palette: it needs an argument that only a lens or a tree gives. */
  readonly palette?: boolean;
  /** Opens no port and runs nothing, so an untrusted workspace may use it. */
  readonly harmless: boolean;
}

export const commands = {
  'pollux.openDiagram': { title: 'Open Live Diagram', icon: '$(type-hierarchy)', harmless: true },
  'pollux.runScenario': { title: 'Run Scenario…', icon: '$(play)', harmless: false },
  'pollux.runLive': { title: 'Run Scenario Live…', icon: '$(debug-start)', harmless: false },
  'pollux.compareScenario': { title: 'Compare Scenario with…', icon: '$(compare-changes)', harmless: false },
  'pollux.sweepScenario': { title: 'Sweep Scenario…', icon: '$(table)', harmless: false },
  'pollux.explainScenario': { title: 'Explain Scenario: What Would It Take…', icon: '$(lightbulb)', harmless: false },
  'pollux.exportReport': { title: 'Export Report…', icon: '$(export)', harmless: false },
  'pollux.runTest': { title: 'Run Test', palette: false, harmless: false },
  'pollux.generateTests': { title: 'Generate Tests…', harmless: false },
  'pollux.debugTest': { title: 'Debug Test', palette: false, harmless: false },
  'pollux.debugMachine': { title: 'Debug Machine…', icon: '$(debug-alt)', harmless: false },
  'pollux.debugInteraction': { title: 'Debug Interaction…', icon: '$(debug-alt)', harmless: false },
  'pollux.attachTelemetry': { title: 'Attach Telemetry', icon: '$(radio-tower)', harmless: false },
  'pollux.detachTelemetry': {
    title: 'Detach Telemetry',
    icon: '$(circle-slash)',
    enablement: 'pollux.attached',
    harmless: true,
  },
  'pollux.freezeObserved': {
    title: 'Freeze What the Twin Saw',
    icon: '$(save)',
    enablement: 'pollux.attached',
    harmless: false,
  },
  'pollux.showResults': { title: 'Show Results', icon: '$(graph)', harmless: true },
  'pollux.showLog': { title: 'Show Log', icon: '$(output)', harmless: true },
  'pollux.restartServer': { title: 'Restart Language Server', harmless: true },
  'pollux.revealElement': { title: 'Go to the Contradicted Line', palette: false, harmless: true },
} as const satisfies Record<string, CommandContribution>;

export type CommandId = keyof typeof commands;

export interface SettingContribution {
  readonly type: 'boolean' | 'integer' | 'string';
  readonly default: boolean | number | string;
  readonly description: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}

export const settings = {
  'pollux.simulation.threads': {
    type: 'integer',
    default: 0,
    minimum: 0,
    maximum: 64,
    description:
      'Worker threads for the replications of a scenario; 0 takes all cores but one. Results do not depend on it.',
  },
  'pollux.codeLenses': {
    type: 'boolean',
    default: true,
    description:
      'Show what can be done with a machine, an interaction, a deployment, a scenario, a test or a twin above its line.',
  },
  'pollux.trace.server': {
    type: 'string',
    default: 'off',
    enum: ['off', 'messages', 'verbose'],
    description: 'Write the messages to and from the language server into the log.',
  },
} as const satisfies Record<string, SettingContribution>;

export type SettingId = keyof typeof settings;

export interface ColorContribution {
  readonly description: string;
  readonly dark: string;
  readonly light: string;
  readonly highContrast: string;
  readonly highContrastLight: string;
}

/** Blue is a measurement, orange a contradiction, and two for a difference; everything else comes from the theme. */
export const colors = {
  'pollux.obs': {
    description: 'What was measured in a run, simulated or live: text, lines and dots.',
    dark: '#63B3FF',
    light: '#0A5FB4',
    highContrast: '#4FC3FF',
    highContrastLight: '#0A5FB4',
  },
  'pollux.obsfill': {
    description: 'Bars of a measured magnitude.',
    dark: '#3C7FBF',
    light: '#4A8ECC',
    highContrast: '#2B9AD8',
    highContrastLight: '#0A5FB4',
  },
  'pollux.obsribbon': {
    description: 'The ribbon under a line that shows its rate.',
    dark: '#2C5478',
    light: '#BCD9F3',
    highContrast: '#0F5A86',
    highContrastLight: '#8FBFE8',
  },
  'pollux.alert': {
    description: 'Where reality contradicts the model, or an expectation is missed.',
    dark: '#FF9557',
    light: '#BA4300',
    highContrast: '#FFB066',
    highContrastLight: '#9A3700',
  },
  'pollux.better': {
    description: 'Better than the run that is compared with.',
    dark: '#4FE0AE',
    light: '#047548',
    highContrast: '#5CFFC0',
    highContrastLight: '#047548',
  },
  'pollux.worse': {
    description: 'Worse than the run that is compared with.',
    dark: '#EBC2F0',
    light: '#46205E',
    highContrast: '#FFD6FF',
    highContrastLight: '#46205E',
  },
} as const satisfies Record<string, ColorContribution>;

/** Own place in the activity bar. */
export const container = { id: 'pollux', title: 'Pollux', icon: 'media/pollux.svg' } as const;

export const views = {
  'pollux.divergences': {
    name: 'Divergences',
    welcome:
      'Nothing is attached. Attach the telemetry of the running system to see where it contradicts the model.\n[Attach Telemetry](command:pollux.attachTelemetry)',
    welcomeWhen: '!pollux.attached',
  },
} as const;

/** Set by the code, read by `when` clauses. */
export const attachedContext = 'pollux.attached';
