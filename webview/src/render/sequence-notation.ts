/** A laid out sequence diagram as marks; UML 2.5.1 clause 17.8. Knows nothing of figures. */
import { metrics } from '../diagram/metrics.ts';
import type {
  PlacedArrow,
  PlacedConstraint,
  PlacedFrame,
  PlacedLifeline,
  SequenceLayout,
} from '../diagram/sequence-layout.ts';
import { type MeasureText, textBox } from '../diagram/text.ts';
import type { Group, Mark } from './mark.ts';
import { openHead, solidHead } from './strokes.ts';

const { cut, actor } = metrics.sequence;

export function sequenceNotation(layout: SequenceLayout, measure: MeasureText): readonly Group[] {
  const groups: Group[] = [];
  for (const lifeline of layout.lifelines) groups.push(...lifelineGroups(lifeline));
  for (const frame of layout.frames) groups.push(...frameGroups(frame, measure));
  for (const { element, box } of layout.bars) {
    groups.push({ key: `${element}/bar`, layer: 'ink', element, marks: [{ kind: 'box', box, look: 'bar' }] });
  }
  for (const [index, arrow] of layout.arrows.entries()) groups.push(arrowGroup(arrow, index, measure));
  for (const constraint of layout.constraints) groups.push(constraintGroup(constraint, measure));
  for (const { element, at, text } of layout.notes) {
    const mark: Mark = { kind: 'text', at, text, style: 'label', look: 'ink2' };
    const plate = plateOf(mark, measure);
    groups.push({ key: element, layer: 'ink', element, sentence: text, ring: plate.box, marks: [plate, mark] });
  }
  return groups;
}

/** A ground of the background under a text that stands on a line. */
export function plateOf(mark: Extract<Mark, { kind: 'text' }>, measure: MeasureText): Extract<Mark, { kind: 'box' }> {
  const box = textBox(mark.text, mark.at, mark.style, mark.anchor ?? 'start', measure);
  return {
    kind: 'box',
    box: { x: box.x - 3, y: box.y - 1, width: box.width + 6, height: box.height + 2.5 },
    look: 'plate',
  };
}

function lifelineGroups(lifeline: PlacedLifeline): readonly Group[] {
  const { element, head, x, top, bottom, name, type, ghostUntil, ends } = lifeline;
  const line: Mark[] = [];
  if (ghostUntil > top)
    line.push({
      kind: 'line',
      points: [
        { x, y: top },
        { x, y: ghostUntil },
      ],
      look: 'lifeline ghost',
    });
  line.push({
    kind: 'line',
    points: [
      { x, y: Math.max(top, ghostUntil) },
      { x, y: bottom },
    ],
    look: 'lifeline',
  });
  for (const side of ends ? [-1, 1] : []) {
    line.push({
      kind: 'line',
      points: [
        { x: x - 7, y: bottom - 7 * side },
        { x: x + 7, y: bottom + 7 * side },
      ],
      look: 'stroke',
    });
  }
  const marks: Mark[] = lifeline.actor
    ? actorMarks(lifeline)
    : [
        { kind: 'box', box: head, look: 'stroke head-box' },
        { kind: 'text', at: { x, y: head.y + 15 }, text: name, style: 'label', look: 'ink1', anchor: 'middle' },
        { kind: 'text', at: { x, y: head.y + 29 }, text: type, style: 'label', look: 'ink2', anchor: 'middle' },
      ];
  const sentence = lifeline.actor ? `actor ${name}` : `lifeline ${name} ${type}`;
  return [
    { key: `${element}/line`, layer: 'under', element, marks: line },
    { key: element, layer: 'ink', element, sentence, ring: head, marks },
  ];
}

function actorMarks({ head, x, name }: PlacedLifeline): Mark[] {
  const top = head.y - 6;
  const half = actor.width / 2;
  const neck = top + 9;
  const hip = top + 19;
  const line = (...points: readonly (readonly [number, number])[]): Mark => ({
    kind: 'line',
    points: points.map(([px, py]) => ({ x: px, y: py })),
    look: 'stroke',
  });
  return [
    { kind: 'circle', centre: { x, y: top + 4.5 }, r: 4.5, look: 'stroke' },
    line([x, neck], [x, hip]),
    line([x - half, neck + 4], [x + half, neck + 4]),
    line([x - half + 1, hip + 9], [x, hip], [x + half - 1, hip + 9]),
    {
      kind: 'text',
      at: { x, y: head.y + head.height + 4 },
      text: name,
      style: 'label',
      look: 'ink1',
      anchor: 'middle',
    },
  ];
}

function frameGroups(frame: PlacedFrame, measure: MeasureText): readonly Group[] {
  const { element, keyword, tab, box, operands, text: use } = frame;
  const right = tab.x + tab.width;
  const bottom = tab.y + tab.height;
  const tabLine = [
    { x: right, y: tab.y },
    { x: right, y: bottom - cut },
    { x: right - cut, y: bottom },
    { x: tab.x, y: bottom },
  ];
  const marks: Mark[] = [
    { kind: 'line', points: [{ x: tab.x, y: tab.y }, ...tabLine], closed: true, look: 'plate' },
    { kind: 'box', box, look: 'frame' },
    { kind: 'line', points: tabLine, look: 'frame' },
    { kind: 'text', at: { x: tab.x + 6, y: tab.y + 12 }, text: keyword, style: 'tab', look: 'ink1' },
  ];
  const guards = operands.map((operand): Group => {
    const own: Mark[] = [];
    if (operand.border !== null) {
      const y = operand.border;
      own.push({
        kind: 'line',
        points: [
          { x: box.x, y },
          { x: box.x + box.width, y },
        ],
        look: 'operand',
      });
    }
    if (operand.guard !== '') {
      const text: Mark = { kind: 'text', at: operand.guardAt, text: operand.guard, style: 'label', look: 'ink1' };
      own.push(plateOf(text, measure), text);
    }
    const sentence = operand.guard === '' ? {} : { sentence: `operand ${operand.guard}` };
    return { key: operand.element, layer: 'ink', element: operand.element, ring: operand.box, ...sentence, marks: own };
  });
  if (use !== '') {
    // UML 2.5.1, 17.7.4: opaque over the lifelines that it covers.
    const at = { x: (tab.x + tab.width + box.x + box.width) / 2, y: box.y + box.height / 2 + 8 };
    marks.unshift({ kind: 'box', box, look: 'plate' });
    marks.push({ kind: 'text', at, text: use, style: 'label', look: 'ink1', anchor: 'middle' });
    return [{ key: element, layer: 'ink', element, sentence: `reference to ${use}`, ring: box, marks }];
  }
  // A fallback shares its element with the message in front.
  const key = keyword === 'fallback' ? `${element}/fallback` : element;
  const frames: Group = { key, layer: 'ink', element, sentence: `${keyword} fragment`, ring: box, marks };
  return [frames, ...guards.map((guard) => (guard.key === element ? { ...guard, key: `${key}/guard` } : guard))];
}

function arrowGroup(arrow: PlacedArrow, index: number, measure: MeasureText): Group {
  const { element, kind, points, text, textAt } = arrow;
  const dashed = kind === 'reply' || kind === 'create';
  const marks: Mark[] = [
    { kind: 'line', points, look: dashed ? 'stroke dashed' : 'stroke' },
    kind === 'synchronous' ? solidHead(points) : openHead(points),
  ];
  const free = kind === 'lost' ? points[points.length - 1] : kind === 'found' ? points[0] : undefined;
  if (free !== undefined) marks.push({ kind: 'circle', centre: free, r: 5, look: 'solid' });
  if (text !== '') {
    const mark: Mark = { kind: 'text', at: textAt, text, style: 'label', look: 'ink1' };
    marks.push(plateOf(mark, measure), mark);
  }
  if (kind === 'reply') return { key: `${element}/reply/${index}`, layer: 'ink', element, reach: points, marks };
  return { key: element, layer: 'ink', element, sentence: `message ${text}`, reach: points, marks };
}

function constraintGroup({ element, x, top, bottom, text }: PlacedConstraint, measure: MeasureText): Group {
  const up = [
    { x, y: bottom },
    { x, y: top + 1 },
  ];
  const down = [
    { x, y: top },
    { x, y: bottom - 1 },
  ];
  const middle = (top + bottom) / 2;
  const label: Mark = { kind: 'text', at: { x, y: middle }, text, style: 'label', look: 'ink1', anchor: 'middle' };
  const marks: Mark[] = [
    { kind: 'line', points: down, look: 'thin' },
    openHead(up, 'thin'),
    openHead(down, 'thin'),
    plateOf(label, measure),
    label,
  ];
  return { key: `${element}/within`, layer: 'ink', element, marks };
}
