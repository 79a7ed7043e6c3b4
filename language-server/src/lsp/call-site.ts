/**
 * Which brackets of arguments the cursor stands in, read from the text in front of it: a call that is being typed is often no
 * tree yet. Knows tokens, no name.
 */

export interface CallSite {
  /** Where the name in front of the bracket ends. */
  readonly nameEnd: number;
  /** Arguments in front of the one at the cursor. */
  readonly index: number;
  /** Name in front of the colon of the argument at the cursor. */
  readonly label: string | undefined;
  /** Of every argument so far that has a name. */
  readonly labels: readonly string[];
  /** An argument so far has no name. */
  readonly hasUnnamed: boolean;
}

interface OpenCall {
  readonly nameEnd: number;
  readonly labels: string[];
  index: number;
  label: string | undefined;
  tokens: number;
  hasUnnamed: boolean;
}

const token = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"?|[\p{L}_][\p{L}\d_]*|\d[\p{L}\d.]*|\S/gu;

/** Innermost first; none inside of comments and texts. Brackets that no name stands in front of only group. */
export function callSitesAt(text: string, offset: number): CallSite[] {
  const start = startOfDeclaration(text, offset);
  let open: OpenCall[] = [];
  let before: { readonly text: string; readonly end: number } | undefined;
  for (const found of text.slice(start, offset).matchAll(token)) {
    const [image] = found;
    const isComment = image.startsWith('//') || image.startsWith('/*');
    if (isComment || isOpenText(image)) {
      if (start + found.index + image.length === offset) return [];
      continue;
    }
    const end = start + found.index + image.length;
    if (image === '(') {
      if (before !== undefined) countToken(open.at(-1), before.text, image);
      open.push(openCall(before));
    } else if (image === ')') open.pop();
    // Braces never stand in arguments: what is open in front of them was not closed in time.
    else if (image === '{' || image === '}') open = [];
    else countToken(open.at(-1), before?.text, image);
    before = { text: image, end };
  }
  return open.filter(({ nameEnd }) => nameEnd > 0).reverse();
}

function openCall(before: { readonly text: string; readonly end: number } | undefined): OpenCall {
  const isName = before !== undefined && /^[\p{L}_]/u.test(before.text);
  return { nameEnd: isName ? before.end : 0, labels: [], index: 0, label: undefined, tokens: 0, hasUnnamed: false };
}

function countToken(call: OpenCall | undefined, before: string | undefined, image: string): void {
  if (call === undefined) return;
  if (image === ',') {
    if (call.label === undefined && call.tokens > 0) call.hasUnnamed = true;
    call.index++;
    call.label = undefined;
    call.tokens = 0;
  } else if (image === ':' && call.tokens === 1 && before !== undefined) {
    call.label = before;
    call.labels.push(before);
  } else call.tokens++;
}

function isOpenText(image: string): boolean {
  return image.startsWith('"') && !(image.length > 1 && image.endsWith('"') && !image.endsWith('\\"'));
}

/** The last line before the cursor that begins with a word at its very start. */
function startOfDeclaration(text: string, offset: number): number {
  for (let at = text.lastIndexOf('\n', offset - 1); at >= 0; at = text.lastIndexOf('\n', at - 1)) {
    if (/\p{L}/u.test(text.charAt(at + 1)) && at + 1 < offset) return at + 1;
    if (at === 0) break;
  }
  return 0;
}
