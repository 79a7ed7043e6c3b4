/** Makes the TextMate grammar from the keywords of the parser's grammar. Knows no file. */

const types = /^[A-Z]/;
const hardOperators = new Set(['and', 'or', 'not', 'implies', 'mod', 'if', 'then', 'else']);
const constants = new Set(['true', 'false', 'null']);
const declarations = new Set(
  (
    'package import enum signal machine component interaction deployment scenario twin state region choice junction final ' +
    'initial operation actor lifeline var node zone'
  ).split(' '),
);

/** `grammar` is the deserialised Langium grammar. */
export function textMateGrammar(grammar) {
  const words = [...keywordsOf(grammar)].filter((keyword) => /^\w+$/.test(keyword)).sort();
  const group = (test) => words.filter(test).join('|');
  const isOther = (word) =>
    !types.test(word) && !hardOperators.has(word) && !constants.has(word) && !declarations.has(word);
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
          { name: 'constant.numeric.quantity.twin', match: '\\b\\d+(\\.\\d+)?( ?(%|[A-Za-zµ]{1,4}\\b)|/[a-z]+\\b)' },
          { name: 'constant.numeric.twin', match: '\\b\\d+(\\.\\d+)?\\b' },
          {
            match: '(?<![.\\w])(machine|component|interaction|deployment|scenario|twin|enum|signal)\\s+([A-Za-z_]\\w*)',
            captures: { 1: { name: 'storage.type.twin' }, 2: { name: 'entity.name.type.twin' } },
          },
          {
            match: '(?<![.\\w])(operation)\\s+([A-Za-z_]\\w*)',
            captures: { 1: { name: 'storage.type.twin' }, 2: { name: 'entity.name.function.twin' } },
          },
          { name: 'constant.language.twin', match: word(group((name) => constants.has(name))) },
          { name: 'keyword.operator.word.twin', match: word(group((name) => hardOperators.has(name))) },
          { name: 'support.type.primitive.twin', match: word(group((name) => types.test(name))) },
          { name: 'storage.type.twin', match: word(group((name) => declarations.has(name))) },
          { name: 'keyword.control.twin', match: word(group(isOther)) },
          { name: 'keyword.operator.arrow.twin', match: '->>|->|--' },
        ],
      },
    },
  };
}

/** A keyword that is neither a member of a path nor a name that is being given a value. */
function word(alternatives) {
  return `(?<![.\\w])(${alternatives})\\b(?!\\s*(\\.\\w|:(?!:)|=|\\+=|-=))`;
}

function keywordsOf(node, found = new Set()) {
  if (node === null || typeof node !== 'object') return found;
  if (node.$type === 'Keyword') found.add(node.value);
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith('$')) continue;
    if (Array.isArray(value)) for (const item of value) keywordsOf(item, found);
    else if (typeof value === 'object' && !('$refText' in (value ?? {}))) keywordsOf(value, found);
  }
  return found;
}
