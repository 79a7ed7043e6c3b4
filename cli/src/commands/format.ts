/** `pollux format FILES…`: lays models out in place, or says which would change. Leaves the layout to the language. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatText } from '@pollux/language-server/language';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { reason } from '../read-model.ts';
import type { Format, Terminal } from '../terminal.ts';

/** Raised whenever the shape of the JSON changes. */
const FORMAT_SCHEMA = 1;

export interface FormatOptions {
  readonly check?: boolean;
  readonly format: Format;
}

interface FileReport {
  readonly file: string;
  readonly status: 'unchanged' | 'formatted' | 'would-change' | 'broken' | 'unreadable';
  readonly message: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

export async function format(paths: readonly string[], options: FormatOptions, terminal: Terminal): Promise<ExitCode> {
  const check = options.check === true;
  const files: FileReport[] = [];
  for (const path of paths) files.push(await formatFile(path, terminal.folder, check));
  if (options.format === 'json') terminal.out(`${JSON.stringify({ schema: FORMAT_SCHEMA, check, files }, null, 2)}\n`);
  else print(files, check, terminal);
  if (files.some(isLeftAlone)) return exitCode.usage;
  return files.some(({ status }) => status === 'would-change') ? exitCode.problems : exitCode.fine;
}

async function formatFile(path: string, folder: string, check: boolean): Promise<FileReport> {
  const absolute = resolve(folder, path);
  const report = (status: FileReport['status'], rest: Partial<FileReport> = {}): FileReport => ({
    file: path,
    status,
    message: null,
    line: null,
    column: null,
    ...rest,
  });
  try {
    const text = decode(await readFile(absolute));
    if (text === undefined) return report('unreadable', { message: 'it is not a text in UTF-8' });
    const formatted = formatText(text);
    if (formatted.problem !== undefined) return report('broken', formatted.problem);
    if (formatted.text === text) return report('unchanged');
    if (check) return report('would-change');
    await writeFile(absolute, formatted.text);
    return report('formatted');
  } catch (error) {
    return report('unreadable', { message: reason(error) });
  }
}

/** Bytes that are no text would be lost by writing them back. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isLeftAlone({ status }: FileReport): boolean {
  return status === 'broken' || status === 'unreadable';
}

function print(files: readonly FileReport[], check: boolean, { out, error }: Terminal): void {
  const done = check ? 'would change' : 'formatted';
  let changed = 0;
  for (const { file, status, message, line, column } of files) {
    if (status === 'unreadable') error(`${file} is left alone: ${message}\n`);
    else if (status === 'broken') error(`${file}:${line}:${column} is left alone: ${message}\n`);
    else if (status !== 'unchanged') {
      changed++;
      out(`${file} ${done}\n`);
    }
  }
  out(`${changed} of ${files.length} ${files.length === 1 ? 'file' : 'files'} ${done}\n`);
}
