/** Whether a text is well-formed XML, as far as what the command prints can go wrong: tags, attributes, entities, signs. */

const attribute = /\s+([\w:-]+)="([^"<]*)"/y;

/** Element names with their attributes in the order of the text; throws where the text is not well-formed. */
export function elementsOf(
  xml: string,
): readonly { readonly name: string; readonly attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === xml) throw new Error('there is no declaration');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the signs that XML does not allow
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(body)) throw new Error('a sign that XML does not allow');
  for (const [tag, closing, name = '', inside = '', self] of body.matchAll(
    /<(\/?)([\w-]+)((?:[^>"]|"[^"]*")*?)(\/?)>/g,
  )) {
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`${tag} closes something else`);
      continue;
    }
    found.push({ name, attributes: attributesOf(inside) });
    if (self !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join()} is not closed`);
  const text = body.replaceAll(/<\/?[\w-]+(?:[^>"]|"[^"]*")*>/g, '');
  if (text.includes('<')) throw new Error('a bare <');
  checkEntities(body);
  return found;
}

function attributesOf(inside: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  attribute.lastIndex = 0;
  let end = 0;
  for (let match = attribute.exec(inside); match !== null; match = attribute.exec(inside)) {
    const [, name = '', value = ''] = match;
    if (name in attributes) throw new Error(`${name} twice`);
    attributes[name] = value;
    end = attribute.lastIndex;
  }
  if (inside.slice(end).trim() !== '') throw new Error(`no attribute: ${inside.slice(end)}`);
  return attributes;
}

function checkEntities(text: string): void {
  const rest = text.replaceAll(/&(amp|lt|gt|quot|apos|#\d+);/g, '');
  if (rest.includes('&')) throw new Error('a bare &');
}
