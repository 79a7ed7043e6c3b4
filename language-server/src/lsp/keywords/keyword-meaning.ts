/** What is said about a word of the language. Knows no single one. */
export interface KeywordMeaning {
  /** One sentence or two, in UML's terms where UML has one. */
  readonly meaning: string;
  /** With stops such as `<1:Name>`; `$0` is where the cursor ends. */
  readonly snippet?: string;
}
