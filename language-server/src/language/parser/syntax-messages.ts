/** Syntax errors in words: what stands here, what was expected, and after what. */
import { AbstractParserErrorMessageProvider } from 'langium';

type Mismatch = Parameters<AbstractParserErrorMessageProvider['buildMismatchTokenMessage']>[0];
type NoAlternative = Parameters<AbstractParserErrorMessageProvider['buildNoViableAltMessage']>[0];
type Redundant = Parameters<AbstractParserErrorMessageProvider['buildNotAllInputParsedMessage']>[0];
type EarlyExit = Parameters<AbstractParserErrorMessageProvider['buildEarlyExitMessage']>[0];

export class SyntaxMessages extends AbstractParserErrorMessageProvider {
  override buildMismatchTokenMessage({ expected, actual, previous, ruleName }: Mismatch): string {
    return `${found(actual.image)}${after(previous?.image)}, but ${tokenWords(expected.name, ruleName)} is expected here.`;
  }

  override buildNoViableAltMessage({ expectedPathsPerAlt, actual, previous, ruleName }: NoAlternative): string {
    const first = new Set<string>();
    for (const alternatives of expectedPathsPerAlt) {
      for (const path of alternatives) if (path[0] !== undefined) first.add(path[0].name);
    }
    return `${found(actual[0]?.image ?? '')}${after(previous?.image)}, but ${oneOf(first, ruleName)} is expected here.`;
  }

  override buildEarlyExitMessage({ expectedIterationPaths, actual, previous, ruleName }: EarlyExit): string {
    const first = new Set(expectedIterationPaths.map((path) => path[0]?.name ?? '').filter((name) => name !== ''));
    return `${found(actual[0]?.image ?? '')}${after(previous?.image)}, but ${oneOf(first, ruleName)} is expected here.`;
  }

  override buildNotAllInputParsedMessage({ firstRedundant }: Redundant): string {
    const { image } = firstRedundant;
    if (image === '}') return 'This `}` closes nothing. Remove it, or look for a `{` that is missing above.';
    return `${found(image)}, but a declaration is expected here: ${declarations}.`;
  }
}

const declarations = '`machine`, `component`, `interaction`, `deployment`, `scenario`, `twin`, `enum` or `signal`';

function found(image: string): string {
  return image === '' ? 'The text ends' : `Here stands \`${image}\``;
}

function after(previous: string | undefined): string {
  return previous === undefined || previous === '' ? '' : ` after \`${previous}\``;
}

const words: Readonly<Record<string, string>> = {
  ID: 'a name',
  NUMBER: 'a number',
  STRING: 'a text in double quotes',
  QUANTITY: 'a quantity with its unit, such as `250 ms`',
  PERCENTILE: 'a percentile',
  EOF: 'the end of the file',
};

/** What a token means where it stands: an arrow in a machine wants a state behind it. */
const inRules: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Initial: { '->': '`->` and the initial state' },
  Branch: { '->': '`->` and a target state' },
  Parameter: { ':': '`:` and a type' },
  Variable: { ':': '`:` and a type' },
  Evidence: {},
};

function tokenWords(name: string, rule: string): string {
  return inRules[rule]?.[name] ?? words[name] ?? `\`${name}\``;
}

const rules: Readonly<Record<string, string>> = {
  Primary: 'a value (a quantity, a name, a call or something in parentheses)',
  PrimaryOperand: 'a value (a quantity, a name, a call or something in parentheses)',
  UnaryExpression: 'a value',
  Expression: 'a value',
  Trigger: 'a trigger (`on`, `after`, `when` or `completion`)',
  Action: 'an action (`x = …`, `send`, `raise`, `log`, `if`, `while` or `assert`)',
  Evidence: '`service`, `span` or `trace`',
  Arrivals: 'how often it arrives (`at 50/s`, `every 20 ms` or `by 200 users`)',
  Fragment: 'a message, a fragment such as `alt`, or an action',
  Type: 'a type',
  Declaration: `a declaration (${declarations})`,
};

function oneOf(names: ReadonlySet<string>, rule: string): string {
  const known = rules[rule];
  if (known !== undefined) return known;
  const list = [...names].filter((name) => !name.endsWith('(name)')).map((name) => tokenWords(name, rule));
  if (list.length === 0) return 'something else';
  const shown = list.slice(0, 6);
  const last = shown.pop();
  return shown.length === 0 ? `${last}` : `${shown.join(', ')} or ${last}`;
}
