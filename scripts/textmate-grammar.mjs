/** Makes the TextMate grammars from the parser's grammar: which words declare and which only name is read there. Knows no file. */

const types = /^[A-Z]/;
const hardOperators = new Set(['and', 'or', 'not', 'implies', 'mod', 'if', 'then', 'else']);
const constants = new Set(['true', 'false', 'null']);
/** Begin a part of a text without naming it. */
const openings = ['package', 'import', 'initial', 'history', 'point'];
/** Stand in front of a name in one place and are plain words everywhere else. */
const plain = new Set(['for', 'send', 'load']);

/** `grammar` is the deserialised Langium grammar. */
export function textMateGrammar(grammar) {
  const words = [...keywordsOf(grammar)].filter((keyword) => /^\w+$/.test(keyword)).sort();
  const top = topWords(grammar);
  const naming = new Set([...namingWords(grammar)].filter((word) => !plain.has(word)));
  const declarations = new Set([...openings, ...top, ...naming]);
  const group = (test) => words.filter(test).join('|');
  const isOther = (word) =>
    !types.test(word) && !hardOperators.has(word) && !constants.has(word) && !declarations.has(word);
  const named = (alternatives, name) => ({
    match: `(?<![.\\w])(${alternatives})\\s+(${identifier})`,
    captures: { 1: { name: 'storage.type.twin' }, 2: { name } },
  });
  const members = [...naming].filter((word) => !top.includes(word));
  const called = ['operation', 'topic', 'action'];
  return {
    name: 'Twin',
    scopeName: 'source.twin',
    fileTypes: ['twin'],
    patterns: [{ include: '#comments' }, { include: '#strings' }, { include: '#code' }],
    repository: {
      comments: {
        patterns: [
          { name: 'comment.block.documentation.twin', begin: '/\\*\\*(?!/)', end: '\\*/' },
          { name: 'comment.block.twin', begin: '/\\*', end: '\\*/' },
          { name: 'comment.line.double-slash.twin', match: '//.*$' },
        ],
      },
      strings: {
        name: 'string.quoted.double.twin',
        begin: '"',
        end: '"|$',
        patterns: [
          { name: 'constant.character.escape.twin', match: '\\\\.' },
          { name: 'variable.other.interpolated.twin', match: '\\{[A-Za-z_][\\w.]*\\}' },
        ],
      },
      code: {
        patterns: [
          { name: 'constant.numeric.quantity.twin', match: `(?<![.\\w])${terminal(grammar, 'QUANTITY')}` },
          { name: 'constant.numeric.twin', match: `(?<![.\\w])${terminal(grammar, 'NUMBER')}` },
          { name: 'support.function.twin', match: `(?<![.\\w])${terminal(grammar, 'PERCENTILE')}` },
          named(top.join('|'), 'entity.name.type.twin'),
          named(called.join('|'), 'entity.name.function.twin'),
          named(members.filter((word) => !called.includes(word)).join('|'), 'entity.name.tag.twin'),
          {
            match: '(?<![.\\w])(state)(?=\\s*=\\s*attribute\\b)',
            captures: { 1: { name: 'keyword.control.twin' } },
          },
          { name: 'constant.language.twin', match: word(group((name) => constants.has(name))) },
          { name: 'keyword.operator.word.twin', match: word(group((name) => hardOperators.has(name))) },
          { name: 'support.type.primitive.twin', match: word(group((name) => types.test(name))) },
          { name: 'storage.type.twin', match: word(group((name) => declarations.has(name))) },
          { name: 'keyword.control.twin', match: word(group(isOther)) },
          { name: 'support.function.twin', match: `(?<![.\\w])${identifier}(?=\\()` },
          { name: 'entity.name.function.twin', match: `(?<=\\.)${identifier}(?=\\()` },
          { name: 'keyword.operator.arrow.twin', match: '->>|->|--' },
        ],
      },
    },
  };
}

/** What is between ```twin and ``` in a Markdown text is Twin; injected into the editor's own grammar of Markdown. */
export function markdownGrammar() {
  const fence = 'markup.fenced_code.block.markdown';
  return {
    scopeName: 'markdown.twin.codeblock',
    injectionSelector: 'L:text.html.markdown',
    patterns: [{ include: '#fence' }],
    repository: {
      fence: {
        name: fence,
        begin: '(^|\\G)(\\s*)(`{3,}|~{3,})\\s*(twin)(?=$|[\\s,:{])([^`]*)$',
        beginCaptures: {
          3: { name: 'punctuation.definition.markdown' },
          4: { name: 'fenced_code.block.language.markdown' },
          5: { name: 'fenced_code.block.language.attributes.markdown' },
        },
        end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
        endCaptures: { 3: { name: 'punctuation.definition.markdown' } },
        patterns: [
          {
            begin: '(^|\\G)(\\s*)(.*)',
            while: '(^|\\G)(?!\\s*(`{3,}|~{3,})\\s*$)',
            contentName: 'meta.embedded.block.twin',
            patterns: [{ include: 'source.twin' }],
          },
        ],
      },
    },
  };
}

/** In every script: `\w` means more to the editor than to JavaScript. */
const identifier = '[^\\W\\d]\\w*';

/** A keyword that is neither a member of a path nor a name that is being given a value. */
function word(alternatives) {
  return `(?<![.\\w])(${alternatives})\\b(?!\\s*(\\.\\w|:(?!:)|=|\\+=|-=))`;
}

function terminal({ rules }, name) {
  return rules.find((rule) => rule.name === name).definition.regex.replace(/^\/|\/$/g, '');
}

/** First words of what stands at the top of a file. */
function topWords({ rules }) {
  const { definition } = rules.find(({ name }) => name === 'Declaration');
  return definition.elements.map(({ rule }) => firstKeyword(ruleOf(rules, rule).definition));
}

/** Keywords right in front of a name that is declared. */
function namingWords({ rules }) {
  const found = new Set();
  for (const node of nodesOf(rules)) {
    if (node.$type !== 'Group') continue;
    for (const [index, element] of node.elements.entries()) {
      const next = node.elements[index + 1];
      if (
        element.$type === 'Keyword' &&
        /^\w+$/.test(element.value) &&
        next !== undefined &&
        beginsWithName(rules, next)
      ) {
        found.add(element.value);
      }
    }
  }
  return found;
}

function beginsWithName(rules, element) {
  switch (element.$type) {
    case 'Assignment':
      if (element.feature === 'name') return element.terminal.$type === 'RuleCall';
      return element.terminal.$type === 'RuleCall' && beginsWithName(rules, ruleOf(rules, element.terminal.rule));
    case 'ParserRule':
      return beginsWithName(rules, element.definition);
    case 'Group':
      return element.cardinality === undefined && beginsWithName(rules, element.elements[0]);
    default:
      return false;
  }
}

function firstKeyword(element) {
  return element.$type === 'Keyword' ? element.value : firstKeyword(element.elements[0]);
}

function ruleOf(rules, { ref, $ref }) {
  return ref ?? rules[Number(/rules@(\d+)/.exec($ref)?.[1])];
}

function keywordsOf(grammar) {
  const found = new Set();
  for (const node of nodesOf(grammar)) if (node.$type === 'Keyword') found.add(node.value);
  return found;
}

function* nodesOf(node) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) yield* nodesOf(item);
    return;
  }
  yield node;
  for (const [key, value] of Object.entries(node)) {
    const isReference = value !== null && typeof value === 'object' && '$refText' in value;
    if (!key.startsWith('$') && !isReference) yield* nodesOf(value);
  }
}
