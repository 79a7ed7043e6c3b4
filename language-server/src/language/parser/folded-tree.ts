/**
 * The written form of a file, packed: all that the library keeps of every word and group of words, in a few bytes each. It is
 * unpacked, word for word the same, as soon as anybody asks a node where it stands. Knows no rule of the grammar.
 */
import {
  type AstNode,
  CompositeCstNodeImpl,
  type CstNode,
  isAstNode,
  type LeafCstNode,
  LeafCstNodeImpl,
  RootCstNodeImpl,
} from 'langium';
import { Unwritten, Written } from './numbers-in-bytes.ts';

/** What has a place in the text: a node of the tree, or a name that refers to one. While the file is folded, its number. */
export interface Placed {
  $place: CstNode | number | undefined;
}

/** What the library's inner nodes know only themselves. */
interface Inner {
  readonly _astNode: AstNode | undefined;
  content: CstNode[];
}

/** Asked in the usual way, each leaf makes new objects of it. */
interface LeafPlace {
  readonly _offset: number;
  readonly _length: number;
  readonly _startLine: number;
  readonly _startColumn: number;
  readonly _endLine: number;
  readonly _endColumn: number;
}

/** Which kind of thing a number begins, in its lowest bits. */
const LEAF = 1;
const HIDDEN = 2;
const SEVERAL_LINES = 4;
const OWNS_NODE = 2;
const BITS = 3;

/** Files that were folded once. What is written in a file never changes: a change gives it another root. */
const known = new WeakMap<AstNode, Folded>();

interface Folded {
  readonly tree: FoldedTree;
  /** All that has a place, what is outside before what is inside. */
  readonly placed: readonly Placed[];
  /** In the same order. */
  readonly numbers: Int32Array;
  onUnfolded: () => void;
}

/** In the list of numbers: has no place. */
const NOWHERE = -1;

/** Packs what is written of a file. False where it has to stay as it is; also where it is packed already. */
export function fold(root: AstNode, onUnfolded: () => void): boolean {
  const cst = (root as unknown as Placed).$place;
  if (!(cst instanceof RootCstNodeImpl)) return false;
  const folded = known.get(root) ?? pack(cst, placedBelow(root), onUnfolded);
  if (folded === undefined) return false;
  const { placed, numbers } = folded;
  for (let index = 0; index < placed.length; index++) {
    const part = placed[index];
    const number = numbers[index] ?? NOWHERE;
    if (part !== undefined && number !== NOWHERE) part.$place = number;
  }
  folded.onUnfolded = onUnfolded;
  known.set(root, folded);
  return true;
}

function pack(root: RootCstNodeImpl, placed: readonly Placed[], onUnfolded: () => void): Folded | undefined {
  const tree = new FoldedTree(root);
  const all = tree.pack(root);
  const numbers = new Int32Array(placed.length);
  for (const [index, { $place }] of placed.entries()) {
    const number = typeof $place === 'object' ? all.get($place) : NOWHERE;
    // A group without any word is part of no written form.
    if (number === undefined) return undefined;
    numbers[index] = number;
  }
  return { tree, placed, numbers, onUnfolded };
}

/** Gives all parts of the tree around a node their places in the text again. */
export function unfold(node: AstNode): void {
  let root = node;
  while (root.$container !== undefined) root = root.$container;
  const folded = known.get(root);
  if (folded === undefined) return;
  const { nodes, owners } = folded.tree.unpack();
  for (const part of folded.placed) {
    if (typeof part.$place !== 'number') continue;
    const cst = nodes[part.$place];
    part.$place = cst;
    // Operations of one chain share the place of the whole, which is the outermost one's own.
    if (cst !== undefined && owners.has(cst) && isAstNode(part)) {
      owners.delete(cst);
      Object.assign(cst, { astNode: part });
    }
  }
  folded.onUnfolded();
}

/** The nodes and the names in them, what is outside before what is inside. */
function placedBelow(root: AstNode): Placed[] {
  const found: Placed[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if ('$place' in value) {
      found.push(value as Placed);
      if (!isAstNode(value)) return;
      const properties = value as unknown as Readonly<Record<string, unknown>>;
      for (const property in value) if (property.charCodeAt(0) !== DOLLAR) visit(properties[property]);
    }
  };
  visit(root);
  return found;
}

const DOLLAR = 36;

/** Where the last word ended: the next one is not far. */
interface Cursor {
  end: number;
  line: number;
}

class FoldedTree {
  private readonly text: string;
  private readonly sources: CstNode['grammarSource'][] = [];
  private readonly types: LeafCstNode['tokenType'][] = [];
  private bytes = new Uint8Array();

  constructor(root: RootCstNodeImpl) {
    this.text = root.fullText;
  }

  /** The numbers of all nodes. */
  pack(root: RootCstNodeImpl): ReadonlyMap<CstNode, number> {
    const numbers = new Map<CstNode, number>();
    const written = new Written();
    const sources = new Map<unknown, number>();
    const types = new Map<unknown, number>();
    const cursor: Cursor = { end: 0, line: 0 };
    const packNode = (node: CstNode): void => {
      numbers.set(node, numbers.size);
      const source = numberIn(sources, node.grammarSource, this.sources) << BITS;
      if (node instanceof LeafCstNodeImpl) {
        const { _offset, _length, _startLine, _startColumn, _endLine, _endColumn } = node as unknown as LeafPlace;
        const isSimple = _startLine === _endLine && _endColumn === _startColumn + _length;
        written.add(source | LEAF | (node.hidden ? HIDDEN : 0) | (isSimple ? 0 : SEVERAL_LINES));
        written.add(numberIn(types, node.tokenType, this.types));
        written.addSigned(_offset - cursor.end);
        written.add(_length);
        written.addSigned(_startLine - cursor.line);
        written.add(_startColumn);
        if (!isSimple) {
          written.add(_endLine - _startLine);
          written.add(_endColumn);
        }
        cursor.end = _offset + _length;
        cursor.line = _endLine;
      } else {
        const { _astNode, content } = node as unknown as Inner;
        written.add(source | (_astNode === undefined ? 0 : OWNS_NODE));
        written.add(content.length);
        for (const child of content) packNode(child);
      }
    };
    packNode(root as CstNode);
    this.bytes = written.bytes;
    return numbers;
  }

  /** All nodes, under their numbers; `owners` belong to a node of the tree themselves, not through what is around them. */
  unpack(): { readonly nodes: readonly CstNode[]; readonly owners: Set<CstNode> } {
    const owners = new Set<CstNode>();
    const bytes = new Unwritten(this.bytes);
    const nodes: CstNode[] = [];
    const cursor: Cursor = { end: 0, line: 0 };
    const unpackNode = (container: CstNode | undefined): CstNode => {
      const head = bytes.next();
      const grammarSource = this.sources[head >> BITS];
      if (head & LEAF) {
        const leaf = this.leafOf(head, bytes, cursor) as CstNode;
        Object.assign(leaf, { container, grammarSource });
        nodes.push(leaf);
        return leaf;
      }
      const composite = container === undefined ? new RootCstNodeImpl(this.text) : new CompositeCstNodeImpl();
      const node = Object.assign(composite, { container, grammarSource }) as CstNode;
      nodes.push(node);
      if (head & OWNS_NODE) owners.add(node);
      const content: CstNode[] = [];
      for (let left = bytes.next(); left > 0; left--) content.push(unpackNode(node));
      composite.content = content.slice();
      return node;
    };
    unpackNode(undefined);
    return { nodes, owners };
  }

  private leafOf(head: number, bytes: Unwritten, cursor: Cursor): LeafCstNodeImpl {
    const type = this.types[bytes.next()] as LeafCstNode['tokenType'];
    const offset = cursor.end + bytes.nextSigned();
    const length = bytes.next();
    const line = cursor.line + bytes.nextSigned();
    const column = bytes.next();
    const isSimple = (head & SEVERAL_LINES) === 0;
    const endLine = isSimple ? line : line + bytes.next();
    const endColumn = isSimple ? column + length : bytes.next();
    cursor.end = offset + length;
    cursor.line = endLine;
    return new LeafCstNodeImpl(offset, length, line, column, endLine, endColumn, type, (head & HIDDEN) !== 0);
  }
}

function numberIn<T>(numbers: Map<unknown, number>, item: T, list: T[]): number {
  let number = numbers.get(item);
  if (number === undefined) {
    number = list.push(item) - 1;
    numbers.set(item, number);
  }
  return number;
}
