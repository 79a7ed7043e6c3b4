/**
 * Takes what is designed but not understood yet out of the tokens, before the parser sees them: one construct, one finding,
 * and the rest of the file stands. Knows tokens, braces and a table of first words; no rule of the grammar.
 */
import type { LangiumDocument, LexerResult } from 'langium';
import { type Body, knownWords, type Planned, plannedWords } from './planned-words.ts';

type Token = LexerResult['tokens'][number];

export interface PlannedConstruct {
  readonly name: string;
  readonly changesRuns: boolean;
  /** Of its first word, or of the one that gives it away. */
  readonly token: Token;
}

export interface PlannedReport {
  readonly diagnostics: [];
  readonly constructs: readonly PlannedConstruct[];
  /** What the constructs declare: references to them are consequences. */
  readonly names: ReadonlySet<string>;
}

export interface Separated extends PlannedReport {
  readonly kept: Token[];
}

/** What was taken out of a document's tokens. */
export function plannedIn(document: LangiumDocument): PlannedReport {
  return (document.parseResult.lexerReport as PlannedReport | undefined) ?? nothing;
}

const nothing: PlannedReport = { diagnostics: [], constructs: [], names: new Set() };

export function separatePlanned(tokens: Token[]): Separated {
  return new Separation(tokens).run();
}

/** Which head opens which body, and in which bodies it stands. */
const heads: ReadonlyMap<string, { readonly body: Body; readonly within: readonly Body[] }> = new Map([
  ['machine', { body: 'machine', within: ['file'] }],
  ['state', { body: 'machine', within: ['machine'] }],
  ['region', { body: 'machine', within: ['machine'] }],
  ['choice', { body: 'choice', within: ['machine'] }],
  ['junction', { body: 'choice', within: ['machine'] }],
  ['component', { body: 'component', within: ['file'] }],
  ['interaction', { body: 'interaction', within: ['file'] }],
  ['deployment', { body: 'deployment', within: ['file'] }],
  ['zone', { body: 'deployment', within: ['deployment'] }],
  ['node', { body: 'node', within: ['deployment'] }],
  ['scenario', { body: 'scenario', within: ['file'] }],
  ['twin', { body: 'twin', within: ['file'] }],
  ['enum', { body: 'other', within: ['file'] }],
]);

/** What braces without a head of their own open. */
const inner: Readonly<Partial<Record<Body, Body>>> = {
  machine: 'actions',
  choice: 'actions',
  actions: 'actions',
  interaction: 'interaction',
  twin: 'instance',
};

/** Behind these stands a name or a value, whatever word it is. */
const wantName = new Set([
  ...['->', '->>', '--', '.', '..', ',', ':', '=', '+=', '-=', '+', '-', '*', '<', '>', '<=', '>=', '==', '!='],
  ...['machine', 'state', 'region', 'choice', 'junction', 'final', 'component', 'operation', 'owns', 'interaction'],
  ...['actor', 'lifeline', 'deployment', 'zone', 'node', 'deploy', 'scenario', 'twin', 'enum', 'signal', 'package'],
  ...['of', 'to', 'var', 'raise', 'send', 'on', 'and', 'or', 'not', 'implies', 'mod', 'if', 'then', 'while', 'load'],
]);

const opens: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

const word = /^\w/;

/** What can happen in the middle of a run, some day. */
const faults = new Set(['crash', 'slow', 'partition', 'set', 'scale', 'send', 'rollout', 'load']);

/** Measures that are not taken yet. */
const plannedMeasures = new Set(['probability', 'time_in', 'time_to', 'saturation', 'cost']);

/** Arrivals that a load cannot have yet. */
const plannedArrivals = new Set(['ramp', 'replay', 'observed']);

class Separation {
  private readonly tokens: Token[];
  private readonly kept: Token[] = [];
  private readonly constructs: PlannedConstruct[] = [];
  private readonly names = new Set<string>();
  private readonly bodies: Body[] = ['file'];
  /** How many parentheses and brackets are open. */
  private depth = 0;

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  run(): Separated {
    for (let index = 0; index < this.tokens.length; ) {
      const end = this.plannedUntil(index);
      if (end === undefined) this.keep(index++);
      else index = end;
    }
    const { kept, constructs, names } = this;
    return { kept, constructs, names, diagnostics: [] };
  }

  private image(index: number): string {
    return this.tokens[index]?.image ?? '';
  }

  private keep(index: number): void {
    const token = this.tokens[index] as Token;
    this.kept.push(token);
    switch (token.image) {
      case '(':
      case '[':
        this.depth++;
        break;
      case ')':
      case ']':
        this.depth = Math.max(0, this.depth - 1);
        break;
      case '{':
        this.depth = 0;
        this.open();
        break;
      case '}':
        this.depth = 0;
        if (this.bodies.length > 1) this.bodies.pop();
    }
  }

  private get body(): Body {
    return this.bodies.at(-1) as Body;
  }

  /** Looks back over what was kept for the head that these braces belong to: `machine Order(…) {`, `node app * 3 {`. */
  private open(): void {
    const { kept } = this;
    let at = kept.length - 2;
    if (kept[at]?.image === ')') at = this.beforeParentheses(at);
    if (kept[at]?.image === 'external') at--;
    if (kept[at - 1]?.image === '*') at -= 2;
    if (kept[at - 1]?.image === 'of') at -= 2;
    const token = kept[at - 1];
    const head = token === undefined ? undefined : heads.get(token.image);
    const before = kept[at - 2];
    const isName = before !== undefined && wantName.has(before.image) && before.endLine === token?.startLine;
    if (head === undefined || isName) this.bodies.push(inner[this.body] ?? 'other');
    else if (head.within.includes(this.body)) this.bodies.push(head.body);
    else if (head.within.includes('file') && token?.startColumn === 1) this.bodies.splice(1, Infinity, head.body);
    else this.bodies.push(inner[this.body] ?? 'other');
  }

  private beforeParentheses(closing: number): number {
    let depth = 0;
    for (let at = closing; at >= 0; at--) {
      const image = this.kept[at]?.image;
      if (image === ')') depth++;
      else if (image === '(' && --depth === 0) return at - 1;
      else if (image === '{' || image === '}') break;
    }
    return closing;
  }

  /** Where the planned construct that begins here ends; undefined where none does. */
  private plannedUntil(index: number): number | undefined {
    const token = this.tokens[index] as Token;
    const atMargin = token.startColumn === 1;
    const found = this.depth === 0 ? this.find(this.body, index) : undefined;
    const planned = found ?? (atMargin && this.body !== 'file' ? this.findDeclaration(index) : undefined);
    if (planned === undefined) return this.depth > 0 ? this.typeClauseUntil(index) : undefined;
    return this.take(planned, index);
  }

  private findDeclaration(index: number): Planned | undefined {
    const declaration = this.find('file', index);
    if (!declaration?.declares) return undefined;
    const opening = this.image(index + 2);
    return opening === '{' || opening === '(' || opening === 'of' ? declaration : undefined;
  }

  private find(body: Body, index: number): Planned | undefined {
    const candidates = plannedWords[body].get(this.image(index));
    if (candidates === undefined) return undefined;
    if (wantName.has(this.image(index - 1)) && /^\w/.test(this.image(index))) return undefined;
    return candidates.find(({ words, next }) => {
      if (words.some((word, at) => this.image(index + at) !== word)) return false;
      return next.test(this.image(index + words.length)) && this.really(words[0] as string, body, index);
    });
  }

  /** What words alone do not tell. */
  private really(first: string, body: Body, index: number): boolean {
    if (first === 'for') return this.image(index + 2) === 'in';
    if (first === 'at' && body === 'scenario') return this.isFault(index);
    if (first === 'expect') return this.plannedMeasure(index) !== undefined;
    if (first === 'invariant') return this.stateOfOther(index) !== undefined;
    if (first === 'send') {
      const to = this.image(index + 2) === '(' ? this.closing(index + 2) + 1 : index + 2;
      return this.image(to) === 'to' && this.image(to + 2) === '(';
    }
    if (first === 'load' && body === 'scenario') return this.plannedArrival(index) !== undefined;
    if (first === ':') return this.image(index - 2) === 'state';
    if (first === 'extends') return this.image(index - 2) === 'machine' || this.image(index - 1) === ')';
    if (first === '{') return this.isBehindDeploy(index);
    if (first === 'history') return this.image(index - 1) !== 'deep';
    return true;
  }

  /** `at 5 min crash app`, not the `at` of a load whose rate lacks its slash. */
  private isFault(index: number): boolean {
    const line = this.tokens[index]?.startLine;
    return faults.has(this.image(index + 2)) && this.tokens[index + 2]?.startLine === line;
  }

  private isBehindDeploy(index: number): boolean {
    const at = this.image(index - 2) === '*' ? index - 4 : index - 2;
    return this.image(at) === 'deploy';
  }

  /** The word in a load that this version does not know. */
  private plannedArrival(index: number): Token | undefined {
    let at = index + 2;
    if (this.image(at) === '(') at = this.closing(at) + 1;
    const isTable = this.image(at) === 'at' && this.image(at + 1) === '{';
    return isTable || plannedArrivals.has(this.image(at)) ? this.tokens[at] : undefined;
  }

  private take(planned: Planned, index: number): number {
    const first = planned.words[0];
    const isBinding = first === '=';
    const part = this.partThatTells(first as string, index);
    const token = part ?? (this.tokens[index] as Token);
    let { name } = planned;
    if (isBinding) name = this.body === 'instance' ? `${this.image(index - 1)} = …` : token.image;
    else if (part !== undefined) name = `${first} … ${part.image}`;
    this.constructs.push({ name, changesRuns: planned.changesRuns, token });
    if (planned.declares) this.addName(index + planned.words.length);
    if (isBinding) this.dropSubject();
    const before = this.kept.at(-1);
    if (before?.image === '/' && planned.extent === 'action') this.kept.pop();
    return this.endOf(planned, index);
  }

  /** Where the first word is one that this version knows: what it does not know about it. */
  private partThatTells(first: string, index: number): Token | undefined {
    if (first === '=') return this.tokens[index + 1];
    if (first === 'load' && this.body === 'scenario') return this.plannedArrival(index);
    if (first === 'expect') return this.plannedMeasure(index);
    return first === 'invariant' ? this.stateOfOther(index) : undefined;
  }

  /** A measure that is not there yet, or one of a measure. */
  private plannedMeasure(index: number): Token | undefined {
    for (let at = index + 1; at === index + 1 || !this.beginsNext(at); at++) {
      const image = this.image(at);
      if (image === '' || image === '}' || image === '{') return undefined;
      const isNested = this.image(at + 1) === '(' && this.image(at - 1) === '(' && word.test(this.image(at - 2));
      const isConjunction = image === 'and' || image === 'or';
      const isCalled = this.image(at + 1) === '(' || at === index + 1 || this.image(at - 2) === 'expect';
      const isMeasure = plannedMeasures.has(image) && isCalled;
      if (isMeasure || isNested || isConjunction) return this.tokens[at];
    }
    return undefined;
  }

  /** `order.in(Expired)`: the state of another instance. */
  private stateOfOther(index: number): Token | undefined {
    for (let at = index + 1; at === index + 1 || !this.beginsNext(at); at++) {
      const image = this.image(at);
      if (image === '' || image === '}' || image === '{') return undefined;
      if (image === 'in' && this.image(at - 1) === '.' && this.image(at + 1) === '(') return this.tokens[at];
    }
    return undefined;
  }

  private addName(index: number): void {
    this.names.add(this.image(index));
  }

  /** `Orders.cpu` of `Orders.cpu = metric "…"`. */
  private dropSubject(): void {
    do {
      this.kept.pop();
    } while (this.kept.at(-1)?.image === '.' && this.kept.pop() !== undefined);
  }

  private endOf({ words, next, extent }: Planned, index: number): number {
    let at = index + words.length;
    if (extent === 'word' || extent === 'name') return extent === 'word' ? at : at + 1;
    if (words[0] === 'at') at += 2;
    if (words[0] === '{') return this.closing(index) + 1;
    for (; at < this.tokens.length; at++) {
      const image = this.image(at);
      if (image === '{' && extent !== 'clause') return this.behindBraces(this.closing(at) + 1);
      if (image === '{' || image === '}' || (image === '->' && extent === 'action')) return at;
      if (image === '(' || image === '[') {
        if (image === '[' && this.body === 'choice') return at;
        at = this.closing(at);
        continue;
      }
      if ((at > index + words.length || next.test('')) && this.beginsNext(at)) return at;
    }
    return at;
  }

  /** What follows a body on its line and still belongs to it: `{ … } -> disposition`, `{ … } fallback { … }`. */
  private behindBraces(at: number): number {
    return this.image(at) === 'daily' ? at + 1 : at;
  }

  private beginsNext(at: number): boolean {
    const token = this.tokens[at];
    const before = this.tokens[at - 1];
    if (token === undefined || before === undefined) return true;
    if (wantName.has(before.image)) return false;
    if (token.startLine !== before.endLine && token.image !== '->') return true;
    if (knownWords[this.body].has(token.image) || this.find(this.body, at) !== undefined) return true;
    if (this.body === 'file') return false;
    const behind = this.image(at + 1);
    return this.body === 'interaction' && (behind === '->' || behind === '->>' || behind === '=');
  }

  /** `[1..*]` or `classified PII` behind the type of a parameter. */
  private typeClauseUntil(index: number): number | undefined {
    if (this.image(index) === 'classified' && word.test(this.image(index - 1)) && word.test(this.image(index + 1))) {
      this.constructs.push({ name: 'classified', changesRuns: false, token: this.tokens[index] as Token });
      return index + 2;
    }
    if (this.image(index) !== '[' || this.image(index + 2) !== '..' || this.image(index + 4) !== ']') return undefined;
    if (this.body !== 'file' && this.body !== 'component') return undefined;
    this.constructs.push({
      name: `[${this.image(index + 1)}..${this.image(index + 3)}]`,
      changesRuns: true,
      token: this.tokens[index] as Token,
    });
    return index + 5;
  }

  /** The index of the bracket that closes the one here; the last index where none does. */
  private closing(index: number): number {
    const open = this.image(index);
    const close = opens[open];
    let depth = 0;
    for (let at = index; at < this.tokens.length; at++) {
      const token = this.tokens[at] as Token;
      if (token.image === open) depth++;
      else if (token.image === close && --depth === 0) return at;
      else if (at > index && token.startColumn === 1 && heads.get(token.image)?.within[0] === 'file') return at - 1;
    }
    return this.tokens.length - 1;
  }
}
