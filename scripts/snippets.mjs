/** Makes the editor's snippets from the table that completion uses. Knows no file and no word. */

/** `meanings`: by word, or `Rule.word`; `snippetText` gives the notation of the protocol, which is the editor's own. */
export function snippets(meanings, snippetText) {
  return Object.fromEntries(
    Object.entries(meanings)
      .filter(([, { snippet }]) => snippet !== undefined)
      .map(([key, { meaning, snippet }]) => [
        key,
        { prefix: key.replace(/^\w+\./, ''), body: snippetText(snippet).split('\n'), description: meaning },
      ]),
  );
}
