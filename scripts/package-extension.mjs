/**
 * Puts together the folder that the `.vsix` is made of, with a manifest that names no dependency, and packs it.
 * The folder can also be given to VS Code as the extension under development.
 */
import fs from 'node:fs';
import path from 'node:path';
import { root, vsix } from './lib/paths.mjs';
import { runCommand } from './lib/run-command.mjs';

const dist = path.join(root, 'extension/dist');

/** Ends in the manifest of the package: what only the workspace needs stays out. */
const onlyHere = ['type', 'private', 'exports', 'dependencies', 'devDependencies', 'scripts', 'files'];

export async function packageExtension(env) {
  const folder = path.join(dist, 'package');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'dist'), { recursive: true });
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'extension/package.json'), 'utf8'));
  for (const key of onlyHere) delete manifest[key];
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of fs.readdirSync(dist)) {
    if (name.endsWith('.js') || name === 'page') {
      fs.cpSync(path.join(dist, name), path.join(folder, 'dist', name), { recursive: true });
    }
  }
  const copies = {
    'extension/media': 'media',
    'docs/problems': 'docs/problems',
    'grammars/generated/twin.tmLanguage.json': 'syntaxes/twin.tmLanguage.json',
    'grammars/generated/markdown-twin.tmLanguage.json': 'syntaxes/markdown-twin.tmLanguage.json',
    'grammars/generated/snippets.json': 'snippets/twin.json',
    'grammars/generated/language-configuration.json': 'language-configuration.json',
    LICENSE: 'LICENSE.txt',
    'extension/README.md': 'README.md',
  };
  for (const [from, to] of Object.entries(copies)) {
    fs.cpSync(path.join(root, from), path.join(folder, to), { recursive: true });
  }
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', vsix];
  await runCommand('node', [vsce, 'package', ...options], { cwd: folder, env, capture: true });
}
