/** Colours with a meaning; none at all where the terminal has none. */
import { createColors } from 'picocolors';

export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly strong: (text: string) => string;
}

export function paintFor(colours: boolean): Paint {
  const { green, red, yellow, dim, bold } = createColors(colours);
  return { good: green, bad: red, doubtful: yellow, quiet: dim, strong: bold };
}
