/** `npm run fault -- NAME`: hands over to the sample system's own switch, under the project's Node. Plain Node 20. */
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { nodeBinary } from './lib/pinned-node.mjs';
import { runCommand } from './lib/run-command.mjs';

const fault = path.join(root, 'samples/shop/system/fault.ts');
try {
  const parameters = ['--no-warnings', fault, ...process.argv.slice(2)];
  process.exitCode = (await runCommand(nodeBinary(), parameters, { check: false })).code;
} catch {
  console.error('Nothing is set up yet: run "npm start" first.');
  process.exitCode = 1;
}
