/**
 * What a recording file holds: OTLP/JSON, one export request a line, gzip. Written small enough to be committed: ids are
 * numbered through, times are cut to microseconds, and the spans are put in the order of their ends.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { JsonRequest, JsonSpan } from './otlp-protobuf.ts';

/** Short lines keep spans of one trace near each other, which is what makes gzip find them. */
const LINE_NANOSECONDS = 250_000_000n;

type Placed = { readonly span: JsonSpan; readonly owner: JsonRequest['resourceSpans'][number] };

/** Epoch milliseconds. */
interface Period {
  readonly from: number;
  readonly to: number;
}

/** Only spans that ended in the period: services send at different times, but the cut is the same for all. */
export function packRecording(requests: readonly JsonRequest[], period: Period): Uint8Array {
  const spans = requests
    .flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap((owner) =>
        owner.scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ span, owner }))),
      ),
    )
    .filter(({ span }) => endsIn(span, period));
  spans.sort((a, b) => Number(BigInt(a.span.endTimeUnixNano) - BigInt(b.span.endTimeUnixNano)));
  const number = numbering();
  const lines: string[] = [];
  for (const line of linesOf(spans)) lines.push(`${JSON.stringify(requestOf(line, number))}\n`);
  return gzipSync(lines.join(''), { level: 9 });
}

function endsIn(span: JsonSpan, period: Period): boolean {
  const end = Number(BigInt(span.endTimeUnixNano) / 1000n) / 1000;
  return end >= period.from && end < period.to;
}

export function readRecording(file: string): JsonRequest[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonRequest);
}

function linesOf(spans: readonly Placed[]): Placed[][] {
  const lines: Placed[][] = [];
  let until = 0n;
  for (const placed of spans) {
    const end = BigInt(placed.span.endTimeUnixNano);
    if (lines.length === 0 || end >= until) {
      lines.push([]);
      until = end + LINE_NANOSECONDS;
    }
    lines.at(-1)?.push(placed);
  }
  return lines;
}

function requestOf(line: readonly Placed[], number: ReturnType<typeof numbering>): JsonRequest {
  const groups = Map.groupBy(line, ({ owner }) => JSON.stringify(owner.resource));
  return {
    resourceSpans: [...groups.values()].map((placed) => ({
      resource: placed[0]?.owner.resource ?? { attributes: [] },
      scopeSpans: [
        {
          scope: placed[0]?.owner.scopeSpans[0]?.scope ?? { name: '' },
          spans: placed.map(({ span }) => slim(span, number)),
        },
      ],
    })),
  };
}

function slim(span: JsonSpan, number: ReturnType<typeof numbering>): JsonSpan {
  return {
    ...span,
    traceId: number.trace(span.traceId),
    spanId: number.span(span.spanId),
    ...(span.parentSpanId ? { parentSpanId: number.span(span.parentSpanId) } : {}),
    startTimeUnixNano: microseconds(span.startTimeUnixNano),
    endTimeUnixNano: microseconds(span.endTimeUnixNano),
  };
}

function microseconds(nanoseconds: string): string {
  return `${nanoseconds.slice(0, -3)}000`;
}

/** From 1, since ids of zeros only are invalid. */
function numbering() {
  const counter = (digits: number) => {
    const known = new Map<string, string>();
    return (id: string) => {
      const found = known.get(id);
      if (found) return found;
      const fresh = (known.size + 1).toString(16).padStart(digits, '0');
      known.set(id, fresh);
      return fresh;
    };
  };
  return { trace: counter(32), span: counter(16) };
}
