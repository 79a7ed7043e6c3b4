/**
 * The automatic audit of a picture: lists every text that meets a stroke, another text or the edge of the picture. Knows
 * only boxes and lines; who draws says where they are.
 */
import { type Box, boxesMeet, boxHolds, grow, type Point, segmentMeetsBox } from './geometry.ts';

interface AuditedText {
  readonly text: string;
  readonly box: Box;
  /** Position in the order of drawing. */
  readonly order: number;
}

interface AuditedStroke {
  readonly what: string;
  readonly points: readonly Point[];
  readonly halfWidth: number;
  readonly order: number;
}

/** An opaque ground: what was drawn before it does not show through. */
interface AuditedPlate {
  readonly box: Box;
  readonly order: number;
}

export interface AuditedPicture {
  readonly texts: readonly AuditedText[];
  readonly strokes: readonly AuditedStroke[];
  readonly plates: readonly AuditedPlate[];
  /** What is visible; absent = unbounded. */
  readonly bounds?: Box;
}

export interface Meeting {
  readonly text: string;
  readonly meets: 'stroke' | 'text' | 'edge';
  readonly with: string;
  readonly at: Point;
}

export function audit(picture: AuditedPicture): readonly Meeting[] {
  const meetings: Meeting[] = [];
  const texts = picture.texts.filter((each) => each.text.trim() !== '' && !isHidden(each, picture.plates));
  for (const [position, each] of texts.entries()) {
    const { text, box } = each;
    const at = { x: box.x, y: box.y };
    if (picture.bounds !== undefined && !boxHolds(grow(picture.bounds, 0.5), box)) {
      meetings.push({ text, meets: 'edge', with: 'the edge of the picture', at });
    }
    for (const other of texts.slice(position + 1)) {
      if (boxesMeet(box, other.box)) meetings.push({ text, meets: 'text', with: other.text, at });
    }
    const plates = picture.plates.filter((plate) => plate.order < each.order && boxesMeet(plate.box, box));
    for (const stroke of picture.strokes) {
      if (plates.some((plate) => plate.order > stroke.order && boxHolds(grow(plate.box, 1), box))) continue;
      if (strokeMeets(stroke, box)) meetings.push({ text, meets: 'stroke', with: stroke.what, at });
    }
  }
  return meetings;
}

function isHidden(text: AuditedText, plates: readonly AuditedPlate[]): boolean {
  return plates.some((plate) => plate.order > text.order && boxHolds(plate.box, text.box));
}

function strokeMeets(stroke: AuditedStroke, box: Box): boolean {
  return stroke.points.some((to, index) => {
    const from = stroke.points[index - 1];
    return from !== undefined && segmentMeetsBox(from, to, reachOf(from, to, box, stroke.halfWidth));
  });
}

/** Strokes end flat: a straight one is wide across its direction only. */
function reachOf(from: Point, to: Point, box: Box, halfWidth: number): Box {
  const wide = grow(box, halfWidth);
  if (from.x === to.x) return { ...box, x: wide.x, width: wide.width };
  return from.y === to.y ? { ...box, y: wide.y, height: wide.height } : wide;
}
