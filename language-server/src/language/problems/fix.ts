/** A way to mend a finding: an edit of texts, as plain data. Knows neither Langium nor the Language Server Protocol. */
import type { Place } from '@pollux/engine/model';

export interface Fix {
  /** What it does, as a person would say it: "Add `initial -> Open`". */
  readonly title: string;
  /** What replaces what; places do not overlap. An empty place inserts. */
  readonly edits: readonly TextChange[];
  /**
   * `safe`: nothing else can be meant, so it may be done everywhere at once; `likely`: the one that is probably meant;
   * `possible`: one of several.
   */
  readonly certainty: 'safe' | 'likely' | 'possible';
}

export interface TextChange {
  readonly place: Place;
  readonly text: string;
}
