/**
 * `contributes` and its neighbours in `package.json`, derived from the declarations. Knows nothing of files: the script that
 * writes it and the test that compares it do.
 */
import {
  type ColorContribution,
  type CommandContribution,
  colors,
  commands,
  container,
  type SettingContribution,
  settings,
  views,
} from './contributions.ts';
import { debuggerContribution } from './debug/debugger-contribution.ts';

const onTwin = 'resourceLangId == twin';

/**
 * The language of fences in Markdown. No server runs there, so they get the snippets, which completion offers where they fit
 * in files of the language itself: contributed to both, each would be shown twice, and anywhere.
 */
const fence = 'twin-fence';

export function manifest() {
  return {
    main: './dist/extension.js',
    activationEvents: ['onLanguage:twin', 'onDebugResolve:pollux'],
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description:
          'Models can be edited and drawn. Running a scenario or a test and attaching telemetry need a trusted workspace.',
      },
      virtualWorkspaces: { supported: false, description: 'Imports and recordings are read from files.' },
    },
    contributes: contributes(),
  };
}

function contributes() {
  return {
    languages: [
      {
        id: 'twin',
        aliases: ['Twin', 'Pollux'],
        extensions: ['.twin'],
        configuration: './language-configuration.json',
        icon: { dark: './media/twin-dark.svg', light: './media/twin-light.svg' },
      },
      // Without an alias it is in no list of languages.
      { id: fence, aliases: [], configuration: './language-configuration.json' },
    ],
    snippets: [{ language: fence, path: './snippets/twin.json' }],
    grammars: [
      { language: 'twin', scopeName: 'source.twin', path: './syntaxes/twin.tmLanguage.json' },
      {
        scopeName: 'markdown.twin.codeblock',
        path: './syntaxes/markdown-twin.tmLanguage.json',
        injectTo: ['text.html.markdown'],
        embeddedLanguages: { 'meta.embedded.block.twin': fence },
      },
    ],
    commands: Object.entries<CommandContribution>(commands).map(([command, { title, icon, enablement }]) => ({
      command,
      title,
      category: 'Pollux',
      ...(icon === undefined ? {} : { icon }),
      ...(enablement === undefined ? {} : { enablement }),
    })),
    debuggers: [debuggerContribution],
    breakpoints: [{ language: 'twin' }],
    menus: {
      commandPalette: Object.entries<CommandContribution>(commands)
        .filter(([, { palette }]) => palette === false)
        .map(([command]) => ({ command, when: 'false' })),
      'editor/title': [
        { command: 'pollux.openDiagram', when: onTwin, group: 'navigation@1' },
        { command: 'pollux.runScenario', when: onTwin, group: 'navigation@2' },
      ],
      'editor/context': [{ command: 'pollux.openDiagram', when: onTwin, group: 'pollux@1' }],
      'view/title': [
        {
          command: 'pollux.attachTelemetry',
          when: 'view == pollux.divergences && !pollux.attached',
          group: 'navigation@1',
        },
        {
          command: 'pollux.detachTelemetry',
          when: 'view == pollux.divergences && pollux.attached',
          group: 'navigation@1',
        },
      ],
    },
    keybindings: [{ command: 'pollux.openDiagram', key: 'ctrl+k v', mac: 'cmd+k v', when: 'editorLangId == twin' }],
    configuration: {
      title: 'Pollux',
      properties: Object.fromEntries(
        Object.entries<SettingContribution>(settings).map(([id, { description, ...schema }]) => [
          id,
          { ...schema, markdownDescription: description },
        ]),
      ),
    },
    colors: Object.entries<ColorContribution>(colors).map(([id, { description, ...defaults }]) => ({
      id,
      description,
      defaults,
    })),
    viewsContainers: { activitybar: [container] },
    views: {
      [container.id]: Object.entries(views).map(([id, { name }]) => ({ id, name, icon: container.icon })),
    },
    viewsWelcome: Object.entries(views).map(([view, { welcome, welcomeWhen }]) => ({
      view,
      contents: welcome,
      when: welcomeWhen,
    })),
  };
}
