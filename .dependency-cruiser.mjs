/**
 * Who may import whom, and which outside packages each folder may use: docs/architecture.md as a machine reads it.
 * `test/layers.test.ts` runs it over the sources and over fixtures that break each rule.
 */

/** Folder → the workspaces it may import beside itself, and the outside packages it may use. */
export const packages = {
  engine: { imports: [], outside: [] },
  'language-server/src/language': {
    imports: ['engine', 'language-server/src/generated', 'language-server/src/protocol', 'grammars'],
    outside: ['langium'],
  },
  'language-server/src/generated': { imports: [], outside: ['langium'] },
  'language-server/src/lsp': {
    imports: ['engine', 'language-server/src', 'grammars'],
    outside: ['langium', 'vscode-languageserver', 'vscode-languageserver-textdocument'],
  },
  'language-server/src/protocol': { imports: ['engine'], outside: [] },
  runtime: {
    imports: ['engine', 'language-server/src/language', 'language-server/src/protocol'],
    outside: ['protobufjs'],
  },
  webview: {
    imports: ['engine'],
    outside: [
      'd3-scale',
      'd3-selection',
      'd3-shape',
      'd3-zoom',
      'elkjs',
      'lit',
      'vscode-messenger-common',
      'vscode-messenger-webview',
    ],
  },
  extension: {
    imports: [
      'engine',
      'language-server/src/language',
      'language-server/src/protocol',
      'language-server/src/generated',
      'runtime',
      'webview/src/protocol',
      'webview/src/diagram',
      'webview/src/report',
    ],
    outside: [
      'vscode',
      'vscode-languageclient',
      'vscode-messenger',
      'vscode-messenger-common',
      '@vscode/debugadapter',
      '@vscode/debugprotocol',
    ],
  },
  cli: {
    imports: [
      'engine',
      'language-server/src/language',
      'language-server/src/protocol',
      'language-server/src/generated',
      'runtime',
      'webview/src/report',
    ],
    outside: ['cli-table3', 'commander', 'picocolors'],
  },
};

/** Inside `engine/src`: a folder imports only from those in front of it. */
export const engineFolders = [
  'model',
  'numeric',
  'expressions',
  'behavior',
  'observation',
  'property',
  'simulation',
  'testing',
  'verification',
  'twin',
  'discovery',
];

/** Folders that must run where there is no Node: no `node:` module. */
const withoutNode = ['engine/src', 'language-server/src/language', 'language-server/src/protocol', 'webview/src'];

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const source = (folder) => (folder.includes('/') ? folder : `${folder}/src`);
const workspaces = [
  'bench',
  'cli',
  'engine',
  'extension',
  'grammars',
  'language-server',
  'runtime',
  'samples',
  'webview',
];

/** The rules for sources below `root` (the repository, or a fixture shaped like it). */
export function rules(root = '') {
  const at = (folder) => `^${literal(root)}${literal(folder)}/`;
  const forbidden = [];
  for (const [folder, { imports, outside }] of Object.entries(packages)) {
    const own = [source(folder), ...imports.map(source)];
    forbidden.push({
      name: `${folder}-imports`,
      comment: `${folder} may import only: ${imports.join(', ') || 'nothing of ours'}.`,
      severity: 'error',
      from: { path: at(source(folder)) },
      to: {
        path: workspaces.map(at),
        pathNot: ['/node_modules/', ...own.map((allowed) => `^${literal(root)}${literal(allowed)}/`)],
      },
    });
    forbidden.push({
      name: `${folder}-outside`,
      comment: `${folder} may use only these outside packages: ${outside.join(', ') || 'none'}.`,
      severity: 'error',
      from: { path: at(source(folder)) },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        pathNot: [
          ...outside.map((name) => `(^|node_modules/)(@types/)?${literal(name)}(/|$)`),
          ...workspaces.map(at),
          '^@pollux/',
        ],
      },
    });
  }
  for (const [position, folder] of engineFolders.entries()) {
    const later = engineFolders.slice(position + 1);
    if (later.length === 0) continue;
    forbidden.push({
      name: `engine-${folder}-order`,
      comment: `engine/src/${folder} may not import a folder below it: ${later.join(', ')}.`,
      severity: 'error',
      from: { path: at(`engine/src/${folder}`) },
      to: { path: later.map((name) => at(`engine/src/${name}`)) },
    });
  }
  forbidden.push({
    name: 'no-node',
    comment: 'These folders also run where there is no Node.',
    severity: 'error',
    from: { path: withoutNode.map(at) },
    to: { dependencyTypes: ['core'] },
  });
  forbidden.push({
    name: 'no-cycles',
    comment: 'Folders that need each other at run time belong together or apart; files of one folder may recurse.',
    severity: 'error',
    from: { path: `^(${literal(root)}(?:${workspaces.map(literal).join('|')})/.+)/[^/]+$` },
    to: { circular: true, pathNot: '^$1/[^/]+$', viaOnly: { dependencyTypesNot: ['type-only'] } },
  });
  return forbidden;
}

/** Options for `cruise`, for the sources below `root`. */
export function options(root = '') {
  return {
    validate: true,
    ruleSet: { forbidden: rules(root) },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^[^/]+/(dist|out)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts'],
    },
  };
}
