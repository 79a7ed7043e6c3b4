/** `node fault.ts NAME`: makes the running shop misbehave, or behave again. */
import { parseArgs } from 'node:util';
import { FAULTS, faultList, isFaultName } from './fault-name.ts';
import { DEFAULT_STATE_FILE, readState } from './state-file.ts';

const USAGE = `Usage: fault NAME [--state FILE]   with NAME one of\n${faultList()}`;

process.exitCode = await main();

async function main(): Promise<number> {
  const parsed = parse();
  if (typeof parsed === 'string') return complain(3, `${parsed}\n${USAGE}`);
  const { name, stateFile } = parsed;
  if (name === undefined) return complain(3, USAGE);
  if (!isFaultName(name)) return complain(3, `There is no fault "${name}".\n${USAGE}`);
  const state = readState(stateFile);
  const answer = state && (await switchTo(`${state.control}/fault`, name));
  if (!answer)
    return complain(
      1,
      'No sample shop is running. Start one with "npm start", or "node samples/shop/system/start.ts".',
    );
  if (!answer.ok) return complain(1, `The shop refused: ${await answer.text()}`);
  console.log(`${name}: ${FAULTS[name]}`);
  return 0;
}

function parse(): { name: string | undefined; stateFile: string } | string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { state: { type: 'string', default: DEFAULT_STATE_FILE } },
    });
    if (positionals.length > 1) return 'One fault at a time.';
    return { name: positionals[0], stateFile: values.state };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Null where nobody answers. */
async function switchTo(url: string, name: string): Promise<Response | null> {
  try {
    return await fetch(url, { method: 'POST', body: JSON.stringify({ name }), signal: AbortSignal.timeout(3000) });
  } catch {
    return null;
  }
}

function complain(code: number, message: string): number {
  console.error(message);
  return code;
}
