/**
 * Optional and repeated parts of the grammar take what they can. Where such a part may begin with a token that may also
 * follow it, some texts are read another way than their lines suggest, without any error. Each such place is listed here with
 * the reason why it is harmless.
 */
import { GrammarAST } from 'langium';
import { expect, test } from 'vitest';
import { TwinLanguageGrammar } from '../../src/generated/grammar.ts';

type Tokens = Set<string>;
const grammar = TwinLanguageGrammar();
const rules = new Map(
  grammar.rules.filter((rule) => !GrammarAST.isTerminalRule(rule)).map((rule) => [rule.name, rule]),
);
const first = new Map<string, Tokens>([...rules.keys()].map((name) => [name, new Set()]));
const follow = new Map<string, Tokens>([...rules.keys()].map((name) => [name, new Set()]));
const nullable = new Set<string>();

interface Reading {
  readonly tokens: Tokens;
  readonly empty: boolean;
}

function read(element: GrammarAST.AbstractElement): Reading {
  const { tokens, empty } = readOnce(element);
  return { tokens, empty: empty || element.cardinality === '?' || element.cardinality === '*' };
}

function readOnce(element: GrammarAST.AbstractElement): Reading {
  if (GrammarAST.isKeyword(element)) return { tokens: new Set([element.value]), empty: false };
  if (GrammarAST.isAssignment(element)) return read(element.terminal);
  if (GrammarAST.isCrossReference(element)) return { tokens: new Set(['ID']), empty: false };
  if (GrammarAST.isRuleCall(element)) return called(element.rule.$refText);
  if (GrammarAST.isAlternatives(element)) {
    const all = element.elements.map(read);
    return { tokens: new Set(all.flatMap(({ tokens }) => [...tokens])), empty: all.some(({ empty }) => empty) };
  }
  if (!GrammarAST.isGroup(element)) return { tokens: new Set(), empty: true };
  const tokens: Tokens = new Set();
  for (const part of element.elements) {
    const reading = read(part);
    for (const token of reading.tokens) tokens.add(token);
    if (!reading.empty) return { tokens, empty: false };
  }
  return { tokens, empty: true };
}

function called(name: string): Reading {
  const known = first.get(name);
  return known === undefined ? { tokens: new Set([name]), empty: false } : { tokens: known, empty: nullable.has(name) };
}

type Visit = (rule: string, element: GrammarAST.AbstractElement, after: Tokens) => void;

function walk(rule: string, element: GrammarAST.AbstractElement, after: Tokens, visit: Visit): void {
  visit(rule, element, after);
  const repeats = element.cardinality === '*' || element.cardinality === '+';
  let behind = repeats ? new Set([...after, ...readOnce(element).tokens]) : after;
  if (GrammarAST.isAssignment(element)) walk(rule, element.terminal, behind, visit);
  else if (GrammarAST.isRuleCall(element)) for (const token of behind) follow.get(element.rule.$refText)?.add(token);
  else if (GrammarAST.isAlternatives(element)) for (const part of element.elements) walk(rule, part, behind, visit);
  else if (GrammarAST.isGroup(element)) {
    for (const part of element.elements.toReversed()) {
      walk(rule, part, behind, visit);
      const { tokens, empty } = read(part);
      behind = empty ? new Set([...behind, ...tokens]) : tokens;
    }
  }
}

function bodyOf(rule: GrammarAST.AbstractRule): GrammarAST.AbstractElement | undefined {
  return GrammarAST.isInfixRule(rule) ? rule.call : GrammarAST.isParserRule(rule) ? rule.definition : undefined;
}

function settle(): void {
  const size = () => [...first.values(), ...follow.values()].reduce((sum, set) => sum + set.size, nullable.size);
  for (let before = -1; before !== size(); ) {
    before = size();
    for (const [name, rule] of rules) {
      const body = bodyOf(rule);
      if (body === undefined) continue;
      const { tokens, empty } = read(body);
      for (const token of tokens) first.get(name)?.add(token);
      if (empty) nullable.add(name);
      const operators = GrammarAST.isInfixRule(rule)
        ? rule.operators.precedences.flatMap(({ operators: list }) => list.map(({ value }) => value))
        : [];
      walk(name, body, new Set([...(follow.get(name) ?? []), ...operators]), () => undefined);
    }
  }
}

/** `Rule: part` → why it does no harm. */
const harmless: Readonly<Record<string, string>> = {
  'Argument: Group with ID': 'the parameter’s name is told by the colon behind it',
  'FunctionArgument: Alternatives with ID QUANTITY': 'label and weight are told by the colon behind them',
  'Message: Group with ID': 'the variable for the reply is told by the `=` behind it',
  'Expectation: Group with ID': 'the name is told by the colon behind it',
  'ReturnAction: Expression with if ? ID':
    'what follows a `return` is never reached; taking it as the value is an error at the next word',
  'Multiplicity: Group with NUMBER': 'the lower bound is told by the dots behind it',
  'Within: Group with for': 'a share is a quantity, a loop has a name there',
  'Ignore: Group with ID': 'the name is told by the colon behind it',
  'Consider: Group with ID': 'the name is told by the colon behind it',
  'Measure: Group with (': 'a horizon in parentheses behind a measure without any is an error, never another reading',
  'OtlpSource: Group with on': 'a reaction is told by the `breach` behind its `on`, ports are numbers',
};

test('no optional or repeated part can take what belongs to its successor', () => {
  settle();
  const found: string[] = [];
  for (const [name, rule] of rules) {
    const body = bodyOf(rule);
    if (body === undefined) continue;
    walk(name, body, follow.get(name) ?? new Set(), (owner, element, after) => {
      if (element.cardinality === undefined) return;
      const { tokens } = readOnce(element);
      const shared = [...tokens].filter((token) => after.has(token));
      const called =
        GrammarAST.isAssignment(element) && GrammarAST.isRuleCall(element.terminal)
          ? element.terminal.rule.$refText
          : element.$type;
      if (shared.length > 0) found.push(`${owner}: ${called} with ${shared.join(' ')}`);
    });
  }
  expect([...new Set(found)].filter((place) => !(place in harmless))).toEqual([]);
  expect(Object.keys(harmless).filter((place) => !found.includes(place))).toEqual([]);
});
