/**
 * Which Node runs the project: the pinned one that npm installs as an optional dependency, else the machine's own where it is new
 * enough. Plain Node 20.
 */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** The first that runs TypeScript as it is. */
const OLDEST = [22, 18];

/** Where the pinned Node stands after `npm ci`; its folder also holds the headers that native modules are built with. */
export function pinnedNodeFolder() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return path.join(root, 'node_modules', `node-${platform}-${process.arch}`);
}

function pinnedNode() {
  const folder = pinnedNodeFolder();
  const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return fs.existsSync(binary) ? binary : null;
}

function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The pinned Node where there is one, so that every machine runs the same; else the machine's own if it is new enough. */
export function nodeBinary() {
  const pinned = pinnedNode();
  if (pinned !== null) return pinned;
  if (runsTypeScript(process.version)) return process.execPath;
  throw new Error(
    `Node ${process.version} is too old (22.18 or newer is needed) and npm has no pinned one for ${process.platform}-${process.arch}. Install Node 24 and start again.`,
  );
}

/** Environment in which `node`, and the tools of node_modules, are the project's. */
export function projectEnvironment() {
  const places = [path.dirname(nodeBinary()), path.join(root, 'node_modules', '.bin'), process.env.PATH ?? ''];
  return { PATH: places.join(path.delimiter) };
}
