/**
 * Parses only the declarations around a change and keeps the trees of all others. What comes out is what parsing the whole
 * text gives, because the declaration before the change and the one behind it are read again with it: the parser sees what
 * it would see in the whole text, and comes out where it came out before. In any doubt it says so, and the whole text is
 * to be parsed. Counts on a lexer that looks no further than the neighbouring tokens. Knows no rule but the file's.
 */
import { AstUtils, type CompositeCstNode, type CstNode, CstNodeBuilder, type ParseResult } from 'langium';
import type * as ast from '../../generated/ast.ts';
import { isMovable, isWritten, movedLexingErrors, moveErrors, moveTree } from './moved-places.ts';
import { isLimitError, sizeError } from './reading-limits.ts';
import { changeBetween, type TextChange } from './text-change.ts';

/** Beyond this share of the text, parsing a part saves too little. */
const MOST = 0.6;

/** The result for `text`, made out of the one of an older text, which must not be used any more; undefined in any doubt. */
export function reparse(
  old: ParseResult<ast.TwinFile>,
  text: string,
  parse: (text: string) => ParseResult<ast.TwinFile>,
): ParseResult<ast.TwinFile> | undefined {
  const oldRoot = old.value.$cstNode?.root;
  if (oldRoot === undefined || !isMovable(oldRoot) || old.value.declarations.length === 0) return undefined;
  if (sizeError(text) !== undefined || old.lexerErrors.some(isLimitError)) return undefined;
  const places = placesOf(old.value, oldRoot);
  const change = changeBetween(oldRoot.fullText, text);
  const part = places === undefined ? undefined : partAround(change, places);
  if (places === undefined || part === undefined || !holdsAllErrors(part, old)) return undefined;
  const grown = change.inserted - change.removed;
  const { first, behind } = part;
  const partText = text.slice(first.offset, behind === undefined ? text.length : behind.end + grown);
  if (partText.length > text.length * MOST) return undefined;

  const fresh = parse(partText);
  if (fresh.lexerErrors.some(isLimitError)) return undefined;
  const seam = seamOf(part, grown, fresh);
  if (seam === undefined) return undefined;
  return splice({ old, oldRoot, part, seam, fresh, text, grown });
}

/** Where a declaration stands, as the parser saw it. */
interface Place {
  readonly index: number;
  readonly cst: CstNode;
  readonly offset: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** The declarations that are read again, from `first` on; `behind` is read too, as a proof, and kept as it was. */
interface Part {
  readonly first: Place;
  readonly behind: Place | undefined;
}

function placesOf(file: ast.TwinFile, root: CompositeCstNode): Place[] | undefined {
  const places: Place[] = [];
  for (const [index, node] of file.declarations.entries()) {
    const place = placeOf(node, root, index);
    if (place === undefined || place.offset < (places.at(-1)?.end ?? 0)) return undefined;
    places.push(place);
  }
  return places;
}

function placeOf(node: ast.Declaration, root: CompositeCstNode, index: number): Place | undefined {
  let cst: CstNode | undefined = node.$cstNode;
  while (cst?.container !== undefined && cst.container !== root) cst = cst.container;
  if (cst?.container !== root) return undefined;
  const { line, character } = cst.range.start;
  return { index, cst, offset: cst.offset, end: cst.end, line, column: character };
}

/** The declarations that the change touches or stands before, and their neighbours. */
function partAround({ at, removed }: TextChange, places: readonly Place[]): Part | undefined {
  const touched = places.findIndex(({ end }) => end >= at);
  const first = places[Math.max(0, (touched < 0 ? places.length : touched) - 1)];
  if (first === undefined || at < first.offset || first.column !== 0) return undefined;
  const behind = touched < 0 ? undefined : places.find(({ index, offset }) => index > touched && offset > at + removed);
  return { first, behind };
}

/** Errors elsewhere would have to be kept, moved and proved; one at the very first token ends the declaration before it. */
function holdsAllErrors({ first, behind }: Part, { lexerErrors, parserErrors }: ParseResult): boolean {
  const end = behind?.offset ?? Number.POSITIVE_INFINITY;
  return (
    lexerErrors.every(({ offset }) => first.offset <= offset && offset < end) &&
    parserErrors.every(({ token: { startOffset } }) =>
      isWritten(startOffset) ? first.offset < startOffset && startOffset < end : behind === undefined,
    )
  );
}

/** Where what was read anew meets what is kept. */
interface Seam {
  /** How many of the fresh declarations are taken over. */
  readonly taken: number;
  /** The first fresh node that is not taken over. */
  readonly behind: Place | undefined;
}

function seamOf(part: Part, grown: number, { value, lexerErrors, parserErrors }: ParseResult<ast.TwinFile>) {
  const root = value.$cstNode?.root;
  if (root === undefined || value.packageName !== undefined || value.imports.length > 0) return undefined;
  const places = placesOf(value, root);
  if (places === undefined || places[0]?.offset !== 0) return undefined;
  const startsInError = parserErrors.some(({ token }) => token.startOffset === 0);
  if (startsInError) return undefined;
  if (part.behind === undefined) return { taken: places.length, behind: undefined } satisfies Seam;

  const behind = places.at(-1);
  if (behind === undefined || behind.index === 0) return undefined;
  const before = places[behind.index - 1];
  const shift = part.first.offset - grown;
  const isSame =
    behind.offset + shift === part.behind.offset &&
    behind.end + shift === part.behind.end &&
    behind.column === part.behind.column &&
    before !== undefined &&
    before.cst.range.end.line < behind.line;
  const isSound =
    lexerErrors.every(({ offset }) => offset < behind.offset) &&
    parserErrors.every(({ token: { startOffset } }) => isWritten(startOffset) && startOffset < behind.offset);
  return isSame && isSound ? ({ taken: behind.index, behind } satisfies Seam) : undefined;
}

interface Splice {
  readonly old: ParseResult<ast.TwinFile>;
  readonly oldRoot: CompositeCstNode;
  readonly part: Part;
  readonly seam: Seam;
  readonly fresh: ParseResult<ast.TwinFile>;
  readonly text: string;
  readonly grown: number;
}

/** The fresh root takes over what is kept of the old one; so nothing that was remembered of the old root is believed. */
function splice({ old, oldRoot, part, seam, fresh, text, grown }: Splice): ParseResult<ast.TwinFile> | undefined {
  const file = fresh.value;
  const freshRoot = file.$cstNode?.root;
  if (freshRoot === undefined) return undefined;
  const toPart = { offset: part.first.offset, lines: part.first.line };
  const before = oldRoot.content.slice(0, oldRoot.content.indexOf(part.first.cst));
  const taken =
    seam.behind === undefined
      ? freshRoot.content
      : freshRoot.content.slice(0, freshRoot.content.indexOf(seam.behind.cst));
  const behind = part.behind === undefined ? [] : oldRoot.content.slice(oldRoot.content.indexOf(part.behind.cst));
  for (const node of taken) moveTree(node, toPart);
  if (part.behind !== undefined && seam.behind !== undefined) {
    const lines = seam.behind.line + toPart.lines - part.behind.line;
    for (const node of behind) moveTree(node, { offset: grown, lines });
  }
  const builder = new CstNodeBuilder();
  const root = builder.buildRootNode(text);
  builder.appendChildren(root, [...before, ...taken, ...behind]);
  Object.assign(root, { astNode: file });

  const { declarations } = old.value;
  Object.assign(file, headOf(old.value), {
    $cstNode: root,
    declarations: [
      ...declarations.slice(0, part.first.index),
      ...file.declarations.slice(0, seam.taken),
      ...(part.behind === undefined ? [] : declarations.slice(part.behind.index)),
    ],
  });
  AstUtils.linkContentToContainer(file);
  moveErrors(fresh.parserErrors, toPart);
  return { ...fresh, lexerErrors: movedLexingErrors(fresh.lexerErrors, toPart) };
}

/** All that a file has but its declarations. */
function headOf(file: ast.TwinFile): Partial<ast.TwinFile> {
  return Object.fromEntries(
    Object.entries(file).filter(([property]) => !property.startsWith('$') && property !== 'declarations'),
  );
}
