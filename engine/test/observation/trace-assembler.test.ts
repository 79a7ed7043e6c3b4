import { defaultLimits, type Span, TraceAssembler } from '@pollux/engine/observation';
import { describe, expect, it } from 'vitest';
import { EPOCH, server, spansOf } from './span-builder.ts';

const LATENESS = 1_000_000;
const at = (ms: number) => EPOCH + ms * 1000;
const one = (traceId: string, begin: number) => spansOf(traceId, server('web', 'checkout'), begin)[0] as Span;

/** The trace ids that leave at a time. */
function due(assembler: TraceAssembler, time: number): string[] {
  return [...assembler.take(time)].map((trace) => {
    assembler.finish(trace);
    return [...trace.ids].join('+');
  });
}

describe('traces in flight', () => {
  it('leave when event time has passed their end by the lateness', () => {
    const assembler = new TraceAssembler(LATENESS);
    assembler.add(one('a', 0));
    assembler.add(one('b', 500));
    expect(due(assembler, at(1009))).toEqual([]);
    expect(due(assembler, at(1010))).toEqual(['a']);
    expect(due(assembler, at(1510))).toEqual(['b']);
  });

  it('wait longer when they grow', () => {
    const assembler = new TraceAssembler(LATENESS);
    assembler.add(one('a', 0));
    assembler.add({ ...one('a', 900), spanId: 'other' });
    expect(due(assembler, at(1500))).toEqual([]);
    expect(due(assembler, at(1910))).toEqual(['a']);
  });

  it('can be put off', () => {
    const assembler = new TraceAssembler(LATENESS);
    assembler.add(one('a', 0));
    for (const trace of assembler.take(at(1010))) assembler.defer(trace, at(1200));
    expect(due(assembler, at(1100))).toEqual([]);
    expect(due(assembler, at(1200))).toEqual(['a']);
  });

  it('a span after its trace was judged is late, not a new trace', () => {
    const assembler = new TraceAssembler(LATENESS);
    assembler.add(one('a', 0));
    due(assembler, at(2000));
    expect(assembler.add(one('a', 100))).toBe(false);
    expect(assembler.late).toBe(1);
    expect(due(assembler, at(9000))).toEqual([]);
  });

  it('linked traces are judged together, whichever came first', () => {
    const linked = { ...one('b', 200), links: [{ traceId: 'a', spanId: 'a-0' }] };
    for (const spans of [
      [one('a', 0), linked],
      [linked, one('a', 0)],
    ]) {
      const assembler = new TraceAssembler(LATENESS);
      for (const span of spans) assembler.add(span);
      const left = due(assembler, at(5000));
      expect(left).toHaveLength(1);
      expect(left[0]?.split('+').sort()).toEqual(['a', 'b']);
    }
  });

  it('the oldest are dropped and counted where there are too many spans', () => {
    const assembler = new TraceAssembler(LATENESS, { ...defaultLimits, spans: 3 });
    for (let i = 0; i < 5; i++) assembler.add(one(`t${i}`, i));
    expect(assembler.shed).toBe(2);
    expect(due(assembler, at(5000))).toEqual(['t2', 't3', 't4']);
  });

  it('a trace that is too large is marked', () => {
    const assembler = new TraceAssembler(LATENESS, { ...defaultLimits, spansPerTrace: 2 });
    for (let i = 0; i < 4; i++) assembler.add({ ...one('a', i), spanId: `s${i}` });
    const [trace] = assembler.remaining();
    expect(trace?.truncated).toBe(true);
    expect(trace?.spans.size).toBe(2);
    expect(assembler.shed).toBe(2);
  });

  it('a span that comes twice counts once', () => {
    const assembler = new TraceAssembler(LATENESS, { ...defaultLimits, spans: 2 });
    assembler.add(one('a', 0));
    for (let i = 0; i < 10; i++) assembler.add(one('a', 0));
    assembler.add(one('b', 0));
    expect(assembler.shed).toBe(0);
  });
});
