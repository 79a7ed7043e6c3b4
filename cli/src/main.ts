/** The process around the command line: streams, Ctrl-C and the exit code. Knows no command. */
import { pollux } from './pollux.ts';

const cancel = new AbortController();
process.once('SIGINT', () => cancel.abort());
process.once('SIGTERM', () => cancel.abort());
// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', () => process.exit());

process.exitCode = await pollux(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  progress: process.stderr.isTTY === true,
  folder: process.cwd(),
  signal: cancel.signal,
});
