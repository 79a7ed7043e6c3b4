/** What goes on around the runs of a simulation: threads, progress, cancelling, compiling. Wall-clock times, but for the progress. */
import { compileScenario, runReplication, sweep } from '@pollux/engine/simulation';
import { modelOf } from '@pollux/language-server/language';
import { conductInWorkers, simulateInWorkers } from '@pollux/runtime';
import { median } from './report.ts';

/** Long enough that starting a thread is not what is measured. */
const REPLICATIONS = 8;
const RUNS = 5;

export interface Around {
  readonly figures: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

/** `text` declares the scenario `bench.Run`; `longer` the same for far longer than anybody waits. */
export async function aroundRuns(text: string, longer: string): Promise<Around> {
  const model = await read(text);
  const speedUps: number[] = [];
  for (let run = 0; run < 3; run++) {
    const [one, two] = [await elapsed(1), await elapsed(2)];
    speedUps.push(one / two);
  }
  const speedUp = median(speedUps);
  const progress = progressCost();
  const cancel = await cancelTime(await read(longer));
  const compile = await compileTime();
  return {
    figures: {
      'workers.2': rounded(speedUp),
      'progress.cost': rounded(progress),
      'cancel.ms': rounded(cancel),
      'compile.ms': rounded(compile),
    },
    notes: [
      `${REPLICATIONS} replications on two threads are ${speedUp.toFixed(2)} times as fast as on one, starting the threads included.`,
      `To tell its progress costs a run ${(progress * 100).toFixed(2)} %; a sweep on two threads ends ${cancel.toFixed(0)} ms after it is cancelled;`,
      `from the text to what can be run it takes ${compile.toFixed(1)} ms.`,
    ],
  };

  async function elapsed(threads: number): Promise<number> {
    const begin = performance.now();
    await simulateInWorkers(model, 'bench.Run', { threads, replications: REPLICATIONS });
    return performance.now() - begin;
  }

  /** The least of several, in turn: what else the machine does only adds to it. */
  function progressCost(): number {
    const compiled = compileScenario(model, 'bench.Run').value;
    if (compiled === null) throw new Error('the scenario cannot be run');
    let told = 0;
    const tell = {
      progress: () => {
        told++;
      },
      cancelled: () => false,
    };
    const least = { silent: Number.POSITIVE_INFINITY, telling: Number.POSITIVE_INFINITY };
    for (let run = 0; run <= RUNS; run++) {
      for (const [kind, control] of [
        ['silent', {}],
        ['telling', tell],
      ] as const) {
        const begin = process.cpuUsage();
        runReplication(compiled, 0, control);
        const { user, system } = process.cpuUsage(begin);
        if (run > 0) least[kind] = Math.min(least[kind], user + system);
      }
    }
    if (told === 0) throw new Error('the run told no progress');
    return Math.max(0, least.telling / least.silent - 1);
  }

  async function compileTime(): Promise<number> {
    const times: number[] = [];
    for (let run = 0; run <= RUNS; run++) {
      const begin = performance.now();
      compileScenario(await read(text), 'bench.Run');
      if (run > 0) times.push(performance.now() - begin);
    }
    return median(times);
  }
}

async function cancelTime(model: Awaited<ReturnType<typeof read>>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const cancel = new AbortController();
    let begin = 0;
    await conductInWorkers(sweep(model, 'bench.Run'), {
      threads: 2,
      signal: cancel.signal,
      onProgress: () => {
        if (begin !== 0) return;
        begin = performance.now();
        cancel.abort();
      },
    });
    times.push(performance.now() - begin);
  }
  return median(times);
}

async function read(text: string) {
  const { model, problems } = await modelOf(text);
  if (model === null) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return model;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
