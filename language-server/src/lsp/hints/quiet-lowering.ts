/** Lowering of a piece of text whose problems are reported elsewhere. */
import type { Lowering } from '../../language/lower/lowering.ts';

export const quietLowering: Lowering = { uri: '', report: () => undefined };
