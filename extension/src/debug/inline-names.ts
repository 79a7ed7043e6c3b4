/** Where variables are named in a text, for their values behind the line. Knows neither the grammar nor the editor. */

interface InlineName {
  readonly name: string;
  readonly line: number;
  readonly character: number;
}

/** Each name once a line; comments and what stands in quotes name nothing. */
export function inlineNames(lines: readonly string[], from: number, names: ReadonlySet<string>): readonly InlineName[] {
  return lines.flatMap((text, i) => {
    const code = text.replace(/"[^"]*"?|\/\/.*|\/\*.*?\*\//g, (hidden) => ' '.repeat(hidden.length));
    const found = new Map<string, InlineName>();
    for (const { 0: name, index } of code.matchAll(/[A-Za-z_]\w*/g)) {
      // Behind a dot stands an attribute, in front of a colon an argument's name.
      if (!names.has(name) || found.has(name) || code[index - 1] === '.') continue;
      if (/^\s*:/.test(code.slice(index + name.length)) && !/\bvar\s+$/.test(code.slice(0, index))) continue;
      found.set(name, { name, line: from + i, character: index });
    }
    return [...found.values()];
  });
}
