/** Runs a program of this folder in a process of its own: JSON to its standard input, JSON from its standard output. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `from`: the `import.meta.url` of who asks, beside which the program lies; `program`: its name without an ending. */
export function inOwnProcess<Answer>(from: string, program: string, input: unknown): Answer {
  const script = fileURLToPath(new URL(`./${program}${from.endsWith('.ts') ? '.ts' : '.js'}`, from));
  const options = { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 1 << 24 } as const;
  return JSON.parse(execFileSync(process.execPath, [script], options));
}
