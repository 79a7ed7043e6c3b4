/** A laid out diagram and, if there is one, its overlay → one scene. The notation's groups never depend on the overlay. */
import type { PlacedDiagram } from '../diagram/placed-diagram.ts';
import type { SequenceLayout } from '../diagram/sequence-layout.ts';
import type { MeasureText } from '../diagram/text.ts';
import { activityOverlay } from './activity-overlay.ts';
import { deploymentNotation } from './deployment-notation.ts';
import { deploymentOverlay } from './deployment-overlay.ts';
import { machineNotation } from './machine-notation.ts';
import { machineOverlay } from './machine-overlay.ts';
import type { Scene } from './mark.ts';
import type { Overlay } from './overlay.ts';
import { sequenceNotation } from './sequence-notation.ts';
import { marginWidth, sequenceOverlay } from './sequence-overlay.ts';

export type LaidOut = PlacedDiagram | SequenceLayout;

export function notationScene(diagram: LaidOut, measure: MeasureText): Scene {
  const { width, height } = diagram;
  switch (diagram.kind) {
    case 'machine':
    case 'activity':
      return { width, height, groups: machineNotation(diagram) };
    case 'deployment':
      return { width, height, groups: deploymentNotation(diagram) };
    case 'interaction':
      return { width, height, groups: sequenceNotation(diagram, measure) };
  }
}

/** `room`: width to draw in; where the margin of a sequence diagram does not fit, its figures go below their messages. */
export function overlayScene(
  diagram: LaidOut,
  overlay: Overlay,
  measure: MeasureText,
  room = Number.POSITIVE_INFINITY,
): Scene {
  const { width, height } = diagram;
  switch (diagram.kind) {
    case 'machine':
      return { width, height, groups: machineOverlay(diagram, overlay, measure) };
    case 'activity':
      return { width, height, groups: activityOverlay(diagram, overlay, measure) };
    case 'deployment':
      return { width, height, groups: deploymentOverlay(diagram, overlay, measure) };
    case 'interaction':
      return {
        width: width + marginWidth(diagram, overlay, room),
        height,
        groups: sequenceOverlay(diagram, overlay, measure, room),
      };
  }
}
