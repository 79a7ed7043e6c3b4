/** Where things stand on disk. Plain Node 20. */
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Outside the repository: what a fresh clone can use again. */
export const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'pollux');

export const vsix = path.join(root, 'extension/dist/pollux.vsix');

export const screenshots = path.join(root, 'screenshots');
