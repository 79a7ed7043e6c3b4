/** The grammar's rules as a person reads them: words in quotes, names where names stand. Knows Langium's tree of a grammar, no file. */

/** `Machine = "machine" name Parameters? …`; `@Signal` stands for the name of one. */
export function ruleText(rule) {
  if (rule.$type === 'InfixRule') {
    const levels = rule.operators.precedences.map(({ operators, associativity }) => {
      const signs = operators.map(({ value }) => `"${value}"`).join(' | ');
      return `    ${signs}${associativity === 'right' ? '   (from the right)' : ''}`;
    });
    return `${rule.name} = ${rule.call.rule.$refText} with operators, the tightest first:\n${levels.join('\n')}`;
  }
  return `${rule.name} = ${wrapped(text(rule.definition, rule.name), rule.name.length + 3)}`;
}

function text(element, top) {
  const inner = bare(element, top);
  const { cardinality } = element;
  if (cardinality === undefined || inner === '') return inner;
  const isGroup = element.$type === 'Alternatives' || (element.$type === 'Group' && /\s/.test(inner));
  return isGroup ? `(${inner})${cardinality}` : `${inner}${cardinality}`;
}

function bare(element, top) {
  switch (element.$type) {
    case 'Keyword':
      return `"${element.value}"`;
    case 'Assignment': {
      const value = text(element.terminal, undefined);
      const isName = element.feature === 'name' && value === 'ID';
      return isName ? 'name' : element.terminal.$type === 'Alternatives' ? `(${value})` : value;
    }
    case 'CrossReference':
      return `@${element.type.$refText}`;
    case 'RuleCall':
      return element.rule.$refText;
    case 'Action':
      return '';
    case 'Group':
      return element.elements
        .map((part) => {
          const inner = text(part, undefined);
          return part.$type === 'Alternatives' && part.cardinality === undefined ? `(${inner})` : inner;
        })
        .filter((part) => part !== '')
        .join(' ');
    case 'Alternatives':
      return element.elements.map((part) => text(part, undefined)).join(' | ');
    default:
      throw new Error(`The grammar has a ${element.$type} in ${top ?? 'a rule'}; say here how it reads.`);
  }
}

const WIDTH = 110;

function wrapped(words, indent) {
  const lines = [''];
  for (const word of words.split(' ')) {
    const line = lines.at(-1);
    if (line !== '' && indent + line.length + word.length + 1 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n    ');
}
