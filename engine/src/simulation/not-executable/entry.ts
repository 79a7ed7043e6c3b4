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
  const files = new Map<string, string | undefined>();
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('kind' in part && part.kind === 'empirical' && 'file' in part && !('values' in part))
      files.set(String(part.file), 'unread' in part ? String(part.unread) : undefined);
    else for (const [key, inner] of Object.entries(part)) if (key !== 'place' && key !== 'type') look(inner);
  };
  look(value);
  return [...files].map(([file, unread]) => refused('empirical', where, unreadText(file, unread)));
}

/** Of a file whose numbers are not there. */
export function unreadText(file: string, unread: string | undefined): string {
  return `The recording "${file}" was not read${unread === undefined ? '' : `: ${unread}`}.`;
}
