/**
 * Virtual time as lanes: the load, what happens on the timeline, a figure or two, and where one is. Under all of it lies a
 * slider, which is what a keyboard and a screen reader meet. The same for a live run, a result and a report.
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { formatMoment, timeAxis } from './time-axis.ts';

/** Something that happens, or lasts. */
export interface LaneEvent {
  readonly from_s: number;
  /** Absent where it is a moment. */
  readonly until_s?: number;
  readonly text: string;
  /** A fault strikes; a change is meant. */
  readonly kind: 'fault' | 'change';
  /** Made by a person in a live run. */
  readonly isInput?: boolean;
}

export interface LaneSeries {
  readonly name: string;
  readonly times_s: readonly number[];
  readonly values: readonly (number | null)[];
  /** The greatest value, in words. */
  readonly top: string;
}

interface Lanes {
  readonly duration_s: number;
  readonly warmup_s: number;
  /** What is shown, and how far the run is; null where there is nothing to look at but the whole. */
  readonly shown_s: number | null;
  readonly now_s: number;
  readonly events: readonly LaneEvent[];
  readonly series: readonly LaneSeries[];
}

const left = 64;
const rowHeight = 16;
const seriesHeight = 22;
const axisHeight = 18;

/** An event with its text: behind it where there is room, else in front of it, else on it. */
interface PlacedEvent {
  readonly event: LaneEvent;
  readonly from: number;
  readonly until: number;
  readonly textX: number;
  readonly anchor: 'start' | 'end';
  readonly isOn: boolean;
  /** What it takes of its row. */
  readonly begins: number;
  readonly ends: number;
}

const gap = 6;

/** Rows of events such that no two texts meet: pure, so that it can be tested. Texts stand between the two ends. */
export function eventRows(
  events: readonly LaneEvent[],
  x: (seconds: number) => number,
  measure: (text: string) => number,
  [first, last]: readonly [number, number],
): readonly (readonly PlacedEvent[])[] {
  const rows: PlacedEvent[][] = [];
  const all = events.map((event) => placeEvent(event, x, measure, first, last));
  for (const placed of all.toSorted((a, b) => a.begins - b.begins)) {
    const row = rows.find((each) => (each[each.length - 1]?.ends ?? 0) + 2 * gap <= placed.begins);
    if (row === undefined) rows.push([placed]);
    else row.push(placed);
  }
  return rows;
}

function placeEvent(
  event: LaneEvent,
  x: (seconds: number) => number,
  measure: (text: string) => number,
  first: number,
  last: number,
): PlacedEvent {
  const isMoment = event.until_s === undefined;
  const from = x(event.from_s) - (isMoment ? 4 : 0);
  const until = isMoment ? from + 8 : Math.max(x(event.until_s ?? 0), from + 2);
  const width = measure(event.text);
  const shape = { event, from, until };
  if (until + gap + width <= last) {
    return { ...shape, textX: until + gap, anchor: 'start', isOn: false, begins: from, ends: until + gap + width };
  }
  if (from - gap - width >= first) {
    return { ...shape, textX: from - gap, anchor: 'end', isOn: false, begins: from - gap - width, ends: until };
  }
  return {
    ...shape,
    textX: from + 10,
    anchor: 'start',
    isOn: true,
    begins: from,
    ends: Math.max(until, from + 10 + width),
  };
}

/** Of a text in the lanes, near enough to keep them apart. */
const roughly = (text: string): number => text.length * 6.2;

export function timelineLanes(lanes: Lanes, width: number, seek: ((seconds: number) => void) | null): TemplateResult {
  const right = Math.max(left + 120, width - 48);
  const { x, ticks } = timeAxis(lanes.duration_s, left, right);
  const ends = [left, right + 40] as const;
  const faults = eventRows(
    lanes.events.filter(({ kind }) => kind === 'fault'),
    x,
    roughly,
    ends,
  );
  const changes = eventRows(
    lanes.events.filter(({ kind }) => kind === 'change'),
    x,
    roughly,
    ends,
  );
  const shownFaults = faults.slice(0, 2);
  const shownChanges = changes.slice(0, 2);
  const seriesTop = 4;
  const faultsTop = seriesTop + lanes.series.length * seriesHeight;
  const changesTop = faultsTop + shownFaults.length * rowHeight;
  const bottom = changesTop + shownChanges.length * rowHeight + 2;
  const height = bottom + axisHeight;
  const cursor = lanes.shown_s === null ? nothing : svg`<path class="cursor" d="M${x(lanes.shown_s)},0V${bottom}" />`;
  const hidden = faults.length + changes.length - shownFaults.length - shownChanges.length;
  return html`<div class="lanes" .style=${`height: ${height}px`}>
    <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" role=${seek === null ? 'img' : 'presentation'} aria-label=${sentence(lanes)}>
      <defs><pattern id="lanes-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0,0V6" /></pattern></defs>
      ${lanes.warmup_s > 0 ? svg`<rect fill="url(#lanes-hatch)" x=${left} y="0" width=${Math.max(0, x(lanes.warmup_s) - left)} height=${bottom} />` : nothing}
      ${lanes.shown_s === null ? nothing : svg`<rect class="done" x=${left} y=${bottom - 2} width=${x(lanes.now_s) - left} height="2" />`}
      ${lanes.series.map((one, index) => series(one, x, seriesTop + index * seriesHeight, right))}
      ${shownFaults.length > 0 ? svg`<text class="lane-name" x=${left - 8} y=${faultsTop + 12} text-anchor="end">faults</text>` : nothing}
      ${shownFaults.map((row, index) => row.map((event) => eventMark(event, faultsTop + index * rowHeight)))}
      ${shownChanges.length > 0 ? svg`<text class="lane-name" x=${left - 8} y=${changesTop + 12} text-anchor="end">changes</text>` : nothing}
      ${shownChanges.map((row, index) => row.map((event) => eventMark(event, changesTop + index * rowHeight)))}
      <path class="lane-axis" d="M${left},${bottom + 0.5}H${right}" />
      ${ticks.map((tick) => svg`<path class="lane-axis" d="M${tick.x},${bottom}v4" /><text class="tick" x=${tick.x} y=${bottom + 15} text-anchor="middle">${tick.text}</text>`)}
      ${hidden > 0 ? svg`<text class="tick" x=${right} y=${bottom - 6} text-anchor="end">${hidden} more</text>` : nothing}
      ${cursor}
    </svg>
    ${seek === null ? nothing : slider(lanes, right, seek)}
  </div>`;
}

function slider(lanes: Lanes, right: number, seek: (seconds: number) => void): TemplateResult {
  const shown = lanes.shown_s ?? 0;
  return html`<input
    type="range"
    class="scrub"
    aria-label="Time of the run"
    aria-valuetext="${formatMoment(shown)} of ${formatMoment(lanes.duration_s)}"
    min="0"
    max=${lanes.duration_s}
    step=${lanes.duration_s / 600}
    .value=${String(shown)}
    .style=${`left: ${left - 8}px; width: ${right - left + 16}px`}
    @input=${(event: Event) => seek(Number((event.target as HTMLInputElement).value))}
  />`;
}

function series(one: LaneSeries, x: (seconds: number) => number, top: number, right: number): TemplateResult {
  const most = Math.max(0, ...one.values.map((value) => value ?? 0));
  const y = (value: number): number => top + seriesHeight - 4 - (most > 0 ? value / most : 0) * (seriesHeight - 8);
  let data = '';
  let isOn = false;
  one.values.forEach((value, index) => {
    const time = one.times_s[index];
    if (value === null || time === undefined) {
      isOn = false;
      return;
    }
    data += `${isOn ? 'L' : 'M'}${x(time).toFixed(1)},${y(value).toFixed(1)}`;
    isOn = true;
  });
  return svg`<text class="lane-name" x=${left - 8} y=${top + 14} text-anchor="end">${one.name}</text>
    <path class="curve" d=${data} /><text class="tick" x=${right + 4} y=${top + 10}>${one.top}</text>`;
}

function eventMark({ event, from, until, textX, anchor, isOn }: PlacedEvent, top: number): TemplateResult {
  const middle = top + 8;
  const look = event.isInput === true ? `${event.kind} input` : event.kind;
  const shape =
    event.until_s === undefined
      ? svg`<path class="event ${look}" d="M${from + 4},${middle - 4}l4,4l-4,4l-4,-4z" />`
      : svg`<rect class="event ${look}" x=${from} y=${middle - 3} width=${until - from} height="6" />`;
  const plate = isOn
    ? svg`<rect class="event-plate" x=${textX - 4} y=${top + 1} width=${roughly(event.text) + 8} height="14" />`
    : nothing;
  return svg`${shape}${plate}<text class="event-text" x=${textX} y=${middle + 4} text-anchor=${anchor}>${event.text}</text>`;
}

function sentence({ duration_s, events }: Lanes): string {
  const told = events.map(({ from_s, text }) => `${text} at ${formatMoment(from_s)}`);
  return `Timeline of ${formatMoment(duration_s)}${told.length === 0 ? '' : `: ${told.join('; ')}`}`;
}
