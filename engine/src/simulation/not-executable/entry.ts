/** One construct of a model that is drawn and kept, but not executed yet. */
import type { Element, ElementId, Place } from '../../model/index.ts';

export interface NotExecutable {
  /** Its keyword. */
  readonly construct: string;
  readonly place: Place;
  readonly element: ElementId;
  /** Who does not execute it. */
  readonly by: 'simulation' | 'twin' | 'both';
  /**
   * What a simulation does about it: `refused` where its figures would mean something else without it, `left-out` where they are
   * right as far as they go and a finding says what is missing, `quiet` where no figure depends on it.
   */
  readonly effect: 'refused' | 'left-out' | 'quiet';
  /** What, and how to go on without it. */
  readonly message: string;
}

type Where = Pick<Element, 'id' | 'place'>;

export function refused(construct: string, { id, place }: Where, message: string): NotExecutable {
  return { construct, place, element: id, by: 'simulation', effect: 'refused', message };
}

export function quiet(
  construct: string,
  { id, place }: Where,
  message: string,
  by: NotExecutable['by'] = 'simulation',
): NotExecutable {
  return { construct, place, element: id, by, effect: 'quiet', message };
}

/** None where there is no value. */
export function when<T>(value: T | undefined, entry: (value: T) => NotExecutable): readonly NotExecutable[] {
  return value === undefined ? [] : [entry(value)];
}

/** Laws of recorded values that nobody has read, anywhere inside. */
export function unreadRecordings(value: unknown, where: Where): readonly NotExecutable[] {
  const files = new Set<string>();
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('kind' in part && part.kind === 'empirical' && 'file' in part && !('values' in part))
      files.add(String(part.file));
    else for (const [key, inner] of Object.entries(part)) if (key !== 'place' && key !== 'type') look(inner);
  };
  look(value);
  return [...files].map((file) =>
    refused(
      'empirical',
      where,
      `The values in ${file} cannot be drawn yet. A law such as lognormal stands in for them.`,
    ),
  );
}
