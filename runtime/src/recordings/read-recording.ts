/** Reads a recording: OTLP/JSON requests, one a line. A bad line is reported with its number and skipped. */
import type { Observation } from '@pollux/engine/observation';
import type { Decoded } from '../otlp/decoded.ts';
import { decodeParsed } from '../otlp/json-request.ts';
import { readLines } from './read-lines.ts';

/** What a recording held. */
export interface RecordedFile {
  readonly path: string;
  readonly spans: number;
  readonly logs: number;
  /** Lines, spans and log records that could not be read. */
  readonly rejected: number;
}

export interface RecordingProblem {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly message: string;
}

/** One recording being read. */
export class Recording {
  readonly path: string;
  readonly #onProblem: (problem: RecordingProblem) => void;
  #spans = 0;
  #logs = 0;
  #rejected = 0;

  constructor(path: string, onProblem: (problem: RecordingProblem) => void) {
    this.path = path;
    this.#onProblem = onProblem;
  }

  get read(): RecordedFile {
    return { path: this.path, spans: this.#spans, logs: this.#logs, rejected: this.#rejected };
  }

  /** What each line held, in the order of the file. Throws what the file system says where it cannot be opened. */
  async *observations(): AsyncGenerator<readonly Observation[]> {
    for await (const line of readLines(this.path)) {
      if ('problem' in line) {
        this.#reject(line.number, line.problem, 1);
        continue;
      }
      if (line.text.trim() === '') continue;
      const decoded = decodeLine(line.text);
      if (decoded.kind === 'not-otlp') {
        this.#reject(line.number, decoded.reason, 1);
        continue;
      }
      if (decoded.rejected > 0) this.#reject(line.number, decoded.reasons.join('; '), decoded.rejected);
      for (const { kind } of decoded.observations) {
        if (kind === 'span') this.#spans++;
        else this.#logs++;
      }
      yield decoded.observations;
    }
  }

  #reject(line: number, message: string, count: number): void {
    this.#rejected += count;
    this.#onProblem({ path: this.path, line, message });
  }
}

function decodeLine(text: string): Decoded {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { kind: 'not-otlp', reason: `not JSON: ${(error as SyntaxError).message}` };
  }
  const logs = typeof parsed === 'object' && parsed !== null && 'resourceLogs' in parsed;
  return decodeParsed(parsed, logs ? 'logs' : 'traces');
}
