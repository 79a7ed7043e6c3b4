/** What is said about a kind of finding. Knows no single one: `declared/` holds them, a file per area of the language. */

export type Severity = 'error' | 'warning' | 'information';

export interface ProblemDeclaration {
  readonly severity: Severity;
  /** One sentence: what is the matter. */
  readonly meaning: string;
  /** Why it matters and how it is mended, for somebody who meets it the first time; an empty line parts paragraphs. */
  readonly why: string;
  /** The clause of UML 2.5.1, the paper or the formula that it rests on. */
  readonly source?: string;
  /** A whole text, called `model.twin`, with this finding and no other; a test runs it. Empty where no text should have it. */
  readonly wrong: string;
  /** The same text mended: it has no errors, and not this finding. */
  readonly mended: string;
  /** Further files that both texts may import, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export type ProblemDeclarations = Readonly<Record<string, ProblemDeclaration>>;
