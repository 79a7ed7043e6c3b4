/** Frames as the protocol wants them: one number each, over all threads. */
import type { FramePosition } from './debuggee.ts';

/** Frames of a thread are numbered behind it. */
const FRAMES = 1000;

export function idOf({ thread, frame }: FramePosition): number {
  return (thread - 1) * FRAMES + frame + 1;
}

export function positionOf(id: number): FramePosition {
  return { thread: Math.floor((id - 1) / FRAMES) + 1, frame: (id - 1) % FRAMES };
}
