/** `node record.ts [NAME…]`: runs the shop and writes `../recordings/NAME.otlp.jsonl.gz`, healthy and with each fault. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FAULTS, type FaultName, isFaultName } from '../system/fault-name.ts';
import { WEEKDAY } from '../system/figures.ts';
import { startSystem } from '../system/shop-system.ts';
import type { JsonRequest } from './otlp-protobuf.ts';
import { packRecording } from './recording.ts';
import { openSpanSink } from './span-sink.ts';

/** The fault is on in the middle third of its recording. */
const HEALTHY_MS = 60_000;
const FAULT_MS = 45_000;
/** The first seconds of five young processes on one machine say little about the shop. */
const SETTLE_MS = 5000;
/** By then every service has sent what ended before. */
const BATCHES_MS = 2000;

const DIRECTORY = join(import.meta.dirname, '..', 'recordings');
const ALL = ['healthy', ...Object.keys(FAULTS).filter((name) => name !== 'off')];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !ALL.includes(name));
if (unknown.length > 0) {
  console.error(`There is no recording ${unknown.join(', ')}; there are ${ALL.join(', ')}.`);
  process.exit(3);
}
for (const name of wanted.length > 0 ? wanted : ALL) await record(name);

async function record(name: string): Promise<void> {
  const requests: JsonRequest[] = [];
  const sink = await openSpanSink((request) => requests.push(request));
  const rates = { checkouts: WEEKDAY.checkouts, browses: WEEKDAY.browses, cancels: WEEKDAY.cancels };
  const system = await startSystem({ port: 0, rates, collector: sink.endpoint }, (reason) => {
    console.error(reason);
    process.exit(1);
  });
  await sleep(SETTLE_MS);
  const from = Date.now();
  console.log(`${name}: recording`);
  if (isFaultName(name)) await faultyRun(name, system.setFault);
  else await sleep(HEALTHY_MS);
  const to = Date.now();
  await sleep(BATCHES_MS);
  await system.stop();
  await sink.close();
  const packed = packRecording(requests, { from, to });
  const file = join(DIRECTORY, `${name}.otlp.jsonl.gz`);
  mkdirSync(DIRECTORY, { recursive: true });
  writeFileSync(file, packed);
  console.log(`${file}: ${Math.round(packed.length / 1000)} kB`);
}

async function faultyRun(fault: FaultName, setFault: (fault: FaultName) => void): Promise<void> {
  await sleep(FAULT_MS / 3);
  setFault(fault);
  await sleep(FAULT_MS / 3);
  setFault('off');
  await sleep(FAULT_MS / 3);
}
