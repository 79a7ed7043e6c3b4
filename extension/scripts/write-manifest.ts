/** Writes what `manifest.ts` derives into `package.json`; everything else there stays as it is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { manifest } from '../src/manifest.ts';

const file = new URL('../package.json', import.meta.url);
const before = readFileSync(file, 'utf8');
const after = `${JSON.stringify({ ...JSON.parse(before), ...manifest() }, null, 2)}\n`;
if (after !== before) writeFileSync(file, after);
console.log(after === before ? 'extension/package.json is up to date' : 'extension/package.json written');
