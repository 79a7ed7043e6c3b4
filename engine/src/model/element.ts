/**
 * What every element of a model has: a stable id and a place in the text.
 * Knows nothing of any one kind of element.
 */

/**
 * A qualified name (`shop.Order.Created`). Where the text gives no name: parent + kind + content, e.g.
 * `shop.Order.Created/on(Pay)->Paid`, with an ordinal (`#2`) only between equals. Inserting text above an
 * element never changes its id, so ids key overlays, divergences, results and learned values.
 */
export type ElementId = string;

/** Zero-based line and UTF-16 character, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A half-open stretch of a text. */
export interface Place {
  readonly uri: string;
  readonly start: Position;
  readonly end: Position;
}

/** What all elements share. */
export interface Element {
  readonly id: ElementId;
  /** The name as written; empty where the text gives none. */
  readonly name: string;
  /** The whole declaration, braces included. */
  readonly place: Place;
  /** The name, or what stands for it (a transition's trigger, a message's operation): where a diagnostic points. */
  readonly label: Place;
  /** Text of the documentation comment in front, without its stars. */
  readonly documentation?: string;
}
