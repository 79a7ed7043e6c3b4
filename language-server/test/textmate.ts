/** Colours a text by a TextMate grammar as an editor does, as far as the generated grammar needs it: rules that match, begin and end. */
export interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly patterns?: readonly Rule[];
}

export interface TextMateGrammar extends Rule {
  readonly repository: Readonly<Record<string, Rule>>;
}

interface Hit {
  readonly rule: Rule | 'end';
  readonly found: RegExpExecArray;
}

/** The innermost scope of each character of each line; empty where there is none. */
export function scopesOf(grammar: TextMateGrammar, text: string): string[][] {
  const open: Rule[] = [];
  return text.split('\n').map((line) => {
    const scopes = new Array<string>(line.length).fill(open.at(-1)?.name ?? '');
    for (let at = 0; at <= line.length; ) {
      const hit = nextHit(grammar, open.at(-1), line, at);
      if (hit === undefined) break;
      const { rule, found } = hit;
      const end = found.index + found[0].length;
      const outer = open.at(-1)?.name ?? '';
      scopes.fill(outer, at, found.index);
      scopes.fill((rule === 'end' ? outer : rule.name) ?? outer, found.index, end);
      if (rule === 'end') open.pop();
      else if (rule.begin !== undefined) open.push(rule);
      else
        for (const [group, { name }] of Object.entries(rule.captures ?? {})) paint(scopes, found, Number(group), name);
      scopes.fill(open.at(-1)?.name ?? '', end);
      at = Math.max(end, found[0].length === 0 ? at + 1 : end);
    }
    return scopes;
  });
}

function nextHit(grammar: TextMateGrammar, open: Rule | undefined, line: string, from: number): Hit | undefined {
  const candidates: Hit[] = [];
  const look = (source: string | undefined, rule: Rule | 'end') => {
    if (source === undefined) return;
    const pattern = new RegExp(source, 'dg');
    pattern.lastIndex = from;
    const found = pattern.exec(line);
    if (found !== null) candidates.push({ rule, found });
  };
  look(open?.end, 'end');
  for (const rule of flat(grammar, (open ?? grammar).patterns ?? [])) look(rule.match ?? rule.begin, rule);
  return candidates.reduce<Hit | undefined>(
    (first, each) => (first === undefined || each.found.index < first.found.index ? each : first),
    undefined,
  );
}

function flat(grammar: TextMateGrammar, rules: readonly Rule[]): readonly Rule[] {
  return rules.flatMap((rule) => {
    if (rule.include === undefined) return rule.match === undefined && rule.begin === undefined ? [] : [rule];
    const part = grammar.repository[rule.include.slice(1)];
    if (part === undefined) throw new Error(`There is no ${rule.include}.`);
    return part.begin === undefined ? flat(grammar, part.patterns ?? []) : [part];
  });
}

function paint(scopes: string[], found: RegExpExecArray, group: number, name: string): void {
  const range = found.indices?.[group];
  if (range !== undefined) scopes.fill(name, ...range);
}
