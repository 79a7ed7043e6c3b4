/** Syntax errors in words: what stands here, what was expected, and after what. */
import { AbstractParserErrorMessageProvider, DefaultLexerErrorMessageProvider } from 'langium';
import { suggestion } from '../links/near-names.ts';

type Mismatch = Parameters<AbstractParserErrorMessageProvider['buildMismatchTokenMessage']>[0];
type NoAlternative = Parameters<AbstractParserErrorMessageProvider['buildNoViableAltMessage']>[0];
type Redundant = Parameters<AbstractParserErrorMessageProvider['buildNotAllInputParsedMessage']>[0];
type EarlyExit = Parameters<AbstractParserErrorMessageProvider['buildEarlyExitMessage']>[0];

export class SyntaxMessages extends AbstractParserErrorMessageProvider {
  override buildMismatchTokenMessage({ expected, actual, previous, ruleName }: Mismatch): string {
    const rule = plainName(ruleName);
    if (expected.name === 'EOF') return notADeclaration(actual.image);
    const members = expected.name === '}' && actual.image !== '' ? bodies[rule] : undefined;
    if (members !== undefined && declarationWords.has(actual.image) && actual.startColumn === 1)
      return `A \`}\` is missing above: \`${actual.image}\` begins a declaration, but the braces of ${bodyName(rule)} are still open.`;
    if (members?.includes('`alt`') && actual.image === 'else')
      return `Here stands \`else\` alone. It is written ${forms.else}.`;
    if (members !== undefined)
      return `${found(actual.image)}, but what stands here begins with ${members}, or with \`}\`.${nearKeyword(actual.image, members)}`;
    const wanted = expected.name === 'ID' ? nameWords(rule, previous?.image) : tokenWords(expected.name, rule);
    return `${found(actual.image)}${after(previous?.image)}, but ${wanted} is expected here.`;
  }

  override buildNoViableAltMessage({ expectedPathsPerAlt, actual, previous, ruleName }: NoAlternative): string {
    const first = new Set<string>();
    for (const alternatives of expectedPathsPerAlt) {
      for (const path of alternatives) if (path[0] !== undefined) first.add(path[0].name);
    }
    const image = actual[0]?.image ?? '';
    const form =
      forms[image] ??
      memberForms[plainName(ruleName)]?.[image] ??
      (fragmentRules.has(plainName(ruleName)) && isName(image) ? forms[''] : undefined);
    if (form !== undefined) return `What begins with \`${image}\` cannot be read on. It is written ${form}.`;
    const isReceiver = plainName(ruleName) === 'Message' && /^->>?$/.test(previous?.image ?? '');
    const wanted = isReceiver ? 'the name of a lifeline' : oneOf(first, plainName(ruleName));
    return `${found(image)}${after(previous?.image)}, but ${wanted} is expected here.${nearKeyword(image, wanted)}`;
  }

  override buildEarlyExitMessage({ expectedIterationPaths, actual, previous, ruleName }: EarlyExit): string {
    const first = new Set(expectedIterationPaths.map((path) => path[0]?.name ?? '').filter((name) => name !== ''));
    const wanted = oneOf(first, plainName(ruleName));
    return `${found(actual[0]?.image ?? '')}${after(previous?.image)}, but ${wanted} is expected here.`;
  }

  override buildNotAllInputParsedMessage({ firstRedundant }: Redundant): string {
    return notADeclaration(firstRedundant.image);
  }
}

/** What other languages write, and what is written here. */
const insteadOf: readonly (readonly [string, string])[] = [
  ['&', 'Write `and`.'],
  ['|', 'Write `or`.'],
  ['!', 'Write `not`.'],
  ["'", 'Texts stand in double quotes: `"…"`.'],
  ['`', 'Texts stand in double quotes: `"…"`.'],
  [';', 'Remove it: lines need no end mark.'],
  ['#', 'Comments begin with `//`.'],
  ['–', 'Write the arrow as `->`.'],
  ['→', 'Write the arrow as `->`.'],
  ['≤', 'Write `<=`.'],
  ['≥', 'Write `>=`.'],
  ['≠', 'Write `!=`.'],
];

/** Characters that begin no token. */
export class CharacterMessages extends DefaultLexerErrorMessageProvider {
  override buildUnexpectedCharactersMessage(text: string, start: number, length: number): string {
    const characters = text.slice(start, start + Math.min(length, 20));
    const instead = insteadOf.find(([wrong]) => characters.startsWith(wrong));
    if (instead !== undefined) return `\`${characters}\` means nothing here. ${instead[1]}`;
    return `\`${characters}\` means nothing here. Remove it.`;
  }
}

/** The library marks the names of its rules with an invisible character. */
function plainName(rule: string): string {
  return rule.replace(/\u200B/g, '');
}

/** Where a fragment begins well and goes on wrong, the parser blames its first word. */
const fragmentRules: ReadonlySet<string> = new Set([
  ...['Interaction', 'InteractionMember', 'Fragment', 'Execution', 'GuardedOperand', 'ElseOperand', 'PlainOperand'],
]);

const forms: Readonly<Record<string, string>> = {
  alt: '`alt [condition] { … } else { … }` or `alt 60 % { … } else { … }`',
  opt: '`opt [condition] { … }` or `opt 5 % { … }`',
  loop: '`loop 1..3 { … }` or `loop 0..* [condition] { … }`',
  par: '`par { … } and { … }`',
  break: '`break [condition] { … }`',
  critical: '`critical { … }`',
  strict: '`strict { … } and { … }`',
  seq: '`seq { … } and { … }`',
  neg: '`neg { … }`',
  ignore: '`ignore Signal, Component.operation { … }`',
  consider: '`consider Signal, Component.operation { … }`',
  ref: '`ref Interaction(…)`',
  create: '`create lifeline`',
  destroy: '`destroy lifeline`',
  '?': '`? ->> a : Signal(…)` or `? ->> a.operation(…)`',
  else: '`alt [condition] { … } else { … }`, behind the braces of its `alt`',
  '': '`a -> b.operation(…)`, `a ->> b : Signal(…)` or `x = …`',
};

/** Members whose first word is no keyword elsewhere. */
const memberForms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TwinMember: {
    source: '`source otlp on 4318`, `source prometheus "http://localhost:9090"` or `source file "recordings/*.jsonl"`',
  },
};

function isName(image: string): boolean {
  return /^[\p{L}_]\w*$/u.test(image);
}

/** The word of a list of backquoted keywords that was probably meant. */
function nearKeyword(image: string, list: string): string {
  if (!isName(image)) return '';
  const keywords = [...list.matchAll(/`([a-z]+)[ `]/g)].map(([, keyword]) => keyword as string);
  return keywords.includes(image) ? '' : suggestion(image, keywords);
}

function bodyName(rule: string): string {
  const names: Readonly<Record<string, string>> = {
    Execution: 'a call',
    GuardedOperand: 'an operand',
    ElseOperand: 'an operand',
    PlainOperand: 'an operand',
    InstanceBinding: 'a binding',
    StructuredNode: 'a structured action',
    InterruptibleRegion: 'an interruptible region',
    Pattern: 'a pattern',
    TestCase: 'a test',
    Requires: 'a requirement',
    Deploy: 'a deployed component',
    DeployAcross: 'a deployed component',
  };
  return names[rule] ?? `${/^[AI]/.test(rule) ? 'an' : 'a'} ${rule.toLowerCase()}`;
}

function notADeclaration(image: string): string {
  if (image === '}') return 'This `}` closes nothing. Remove it, or look for a `{` that is missing above.';
  if (image === 'import' || image === 'package')
    return `\`${image}\` stands at the head of a file, before all declarations. Move it up there.`;
  return `${found(image)}, but a declaration is expected here: ${declarations}.${nearKeyword(image, declarations)}`;
}

function nameWords(rule: string, previous: string | undefined): string {
  if (previous === '->' && rule === 'Step') return 'the name of a target state';
  if (rule === 'Message') return 'the name of a lifeline';
  if (rule === 'ResourceUse') return 'the name of a resource';
  return rule === 'SignalPattern' ? 'the name of a signal' : 'a name';
}

const transitions = '`on`, `after`, `at`, `when`, `completion`, `entry`, `exit`, `do`, `defer`';
const vertices =
  '`initial`, `state`, `choice`, `junction`, `fork`, `join`, `history`, `entry point`, `exit point`, `terminate`, `final`';
const fragments =
  'a message (`a -> b.operation()`), a consumer (`on Events.placed -> …`), `create`, `destroy`, a fragment (`alt`, `opt`, `loop`, `par`, `break`, `critical`, `strict`, `seq`, `neg`, `assert`, `ignore`, `consider`), `ref`, `takes`, `delays`, `invariant`, `return` or an action';
const limits = '`threads`, `queue`, `connections`, `cache`';
const policies = '`timeout`, `retry`, `backoff`, `budget`, `breaker`, `hedge`, `cancels` or `deadline propagates`';
const placements =
  '`node`, `zone`, `deploy … across`, `balance`, `autoscale`, `limit`, `load … on`, `cost` or a link (`a -- b { latency 1 ms }`)';

const activityNodes =
  '`initial`, `action`, `decision`, `merge`, `fork`, `join`, `buffer`, `accept`, `send`, `acquire`, `release`, `structured`, `interruptible`, `flow`, `final`';
const changes = '`crash`, `slow`, `partition`, `set`, `scale`, `rollout`, `load` or `send`';
const policyRules =
  'a rule: `TAG never reaches C`, `TAG stays in zone`, `only C calls D`, `a before b`, `a needs b` or `always a leads to b`';

/** What the members of each body begin with. */
const bodies: Readonly<Record<string, string>> = {
  Machine: `\`var\`, \`operation\`, \`region\`, ${vertices}`,
  Fork: 'a branch: `-> State` or `/ action -> State`',
  State: `${transitions}, \`region\`, ${vertices}`,
  Region: vertices,
  Choice: 'a branch: `[condition] -> State`, `10 % -> State` or `else -> State`',
  Junction: 'a branch: `[condition] -> State` or `else -> State`',
  Component: `\`operation\`, \`topic\`, \`owns\`, \`requires\`, \`version\`, ${limits}`,
  Requires: policies,
  Version: `\`operation\`, \`requires\`, ${limits}`,
  Interaction: `\`actor\`, \`lifeline\`, \`var\`, ${fragments}`,
  Execution: fragments,
  GuardedOperand: fragments,
  ElseOperand: fragments,
  PlainOperand: fragments,
  Deployment: placements,
  Zone: `\`fails every\`, ${placements}`,
  Node: '`cores`, `memory`, `fifo`, `sharing`, `priority`, `deploy` or `fails every`',
  Deploy: `\`version\`, \`config\`, ${limits}`,
  DeployAcross: `\`version\`, \`config\`, ${limits}`,
  Link: '`latency`, `bandwidth` or `loss`',
  Activity: `\`partition\`, \`var\`, ${activityNodes}`,
  StructuredNode: activityNodes,
  InterruptibleRegion: `an interrupt (\`on Signal -> node\`), ${activityNodes}`,
  Decision: 'a branch: `[condition] -> node`, `10 % -> node` or `else -> node`',
  Resource: 'a shift: `from "22:00" to "06:00": 5` or `on sat, sun from "00:00" to "24:00": 6`',
  Scenario:
    '`load`, `at` and a change (`at 5 min crash app`), `run`, `warmup`, `replications`, `seed`, `expect`, `compare` or `vary`',
  Pattern: 'a time and a rate: `"08:00": 40/s`',
  Twin: '`source`, `sampled`, `lateness`, `expect`, `forecast`, `on breach`, `alarms` or a binding (`Orders.create = span "…"`)',
  InstanceBinding: '`on span "…" / Signal`, `state` or a binding (`register = log "…"`)',
  Reaction: '`webhook "https://…"` or `propose scale Component`',
  Policy: policyRules,
  Calibration: '`Component.operation takes …` or `Interaction.fragment 98 %`',
  TestCase: '`send`, `call`, `after`, `given`, `never` or `expect`',
};

const declarations =
  '`machine`, `component`, `interaction`, `activity`, `resource`, `deployment`, `scenario`, `twin`, `policy`, `calibration`, `test`, `enum`, `data` or `signal`';

const declarationWords: ReadonlySet<string> = new Set(
  [...declarations.matchAll(/`([a-z]+)`/g)].map(([, keyword]) => keyword as string),
);

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
};

function tokenWords(name: string, rule: string): string {
  return inRules[rule]?.[name] ?? words[name] ?? `\`${name}\``;
}

const rules: Readonly<Record<string, string>> = {
  Primary: 'a value (a quantity, a name, a call or something in parentheses)',
  PrimaryOperand: 'a value (a quantity, a name, a call or something in parentheses)',
  UnaryExpression: 'a value',
  Expression: 'a value',
  Trigger: 'a trigger (`on`, `after`, `at`, `when` or `completion`)',
  Action: 'an action (`x = …`, `send`, `raise`, `call`, `log`, `if`, `for`, `while`, `assert` or `return`)',
  Evidence: '`service`, `span`, `trace`, `metric` or `log`',
  Arrivals:
    'how often it arrives (`at 50/s`, `ramp 5/s -> 50/s over 1 h`, `every 20 ms`, `by 200 users`, `replay "…"` or `observed`)',
  TimelineEvent: `a change (${changes})`,
  Change: `a change (${changes})`,
  ActivityNode: activityNodes,
  ActivityMember: `\`partition\`, \`var\` or ${activityNodes}`,
  PolicyRule: policyRules,
  OperationClause: '`takes`, `delays`, `fails`, `returns`, `method` or `priority`',
  CallPolicy: policies,
  DeploymentMember: placements,
  ZoneMember: placements,
  Discipline: 'a number, `fifo`, `lifo`, `priority e`, `drop expired` or `drop expired within 50 ms`',
  LearnedValue: '`takes`, `delays`, `fails`, `returns` or a share (`98 %`)',
  TestExpectation: '`ended` or a condition',
  Never: 'a state, or a condition in parentheses,',
  TestStep: '`send`, `call`, `after`, `given`, `never` or `expect`',
  ReactionEffect: '`webhook` or `propose scale`',
  Comparison: 'a bound (`< 300 ms`), or `within 25 % of simulation` in a twin',
  Day: 'a day (`mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`)',
  Fragment: fragments,
  Message: '`.operation()` or `: Signal`',
  Type: 'a type',
  SignalTrigger: 'the name of a signal, `any` or `call`',
  EventTrigger: 'the name of a signal, `any` or `call`',
  DoActivity: '`takes` and a time, `ref` and a behaviour, or `/` and an action',
  SendTarget: '`self`, `sender`, a lifeline, a component or `Machine(key)`',
  RegionMember: vertices,
  StateMember: `${transitions} or ${vertices}`,
  InteractionMember: `\`actor\`, \`lifeline\`, \`var\`, ${fragments}`,
  TwinMember:
    '`source otlp`, `source prometheus`, `source file`, `sampled`, `lateness`, `expect`, `forecast`, `on breach`, `alarms` or a binding',
  EventBinding: '`span`, `start of span` or `log`',
  Declaration: `a declaration (${declarations})`,
};

/** A name stands here, or one of two words in its place. */
function nameOrMark(names: ReadonlySet<string>, rule: string): string | undefined {
  if (rule === 'Message' && names.has('?')) return 'the name of a lifeline';
  return names.has('any') && names.has('ID') ? 'the name of a signal, `any` or `call`' : undefined;
}

function oneOf(names: ReadonlySet<string>, rule: string): string {
  const isEffect = names.has('send') && names.has('{');
  const known = isEffect ? rules.Action : (nameOrMark(names, rule) ?? rules[rule]);
  if (known !== undefined) return known;
  const list = [...names].filter((name) => !name.endsWith('(name)')).map((name) => tokenWords(name, rule));
  if (list.length === 0) return 'something else';
  const shown = list.slice(0, 6);
  const last = shown.pop();
  return shown.length === 0 ? `${last}` : `${shown.join(', ')} or ${last}`;
}
