/** `npm run fault -- NAME`: hands over to the sample system's own switch, under the project's Node. Plain Node 20. */
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { nodeBinary } from './lib/pinned-node.mjs';
import { runCommand } from './lib/run-command.mjs';

const fault = path.join(root, 'samples/shop/system/fault.ts');
const { code } = await runCommand(nodeBinary(), ['--no-warnings', fault, ...process.argv.slice(2)], { check: false });
process.exitCode = code;
