/** Ways to mend a name that hides or doubles another: a new one, wherever the old one means the same element. */
import { type AstNode, AstUtils, GrammarUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { placesInTexts } from '../links/names-in-texts.ts';
import type { Fix } from '../problems/fix.ts';
import { wordOfUnit } from '../quantities/units.ts';
import { replaced } from './changes.ts';
import type { Found } from './found.ts';

/** A bound name gets the signal's in front: `paid` of `Pay(paid)` becomes `payPaid`. */
export function renamedBinding(found: Found): Fix[] {
  const { node } = found;
  if (ast.isParameter(node)) return renamed(found, `new${node.name[0]?.toUpperCase()}${node.name.slice(1)}`);
  if (!ast.isBinding(node)) return [];
  const pattern = node.$container;
  const signal = ast.isSignalPattern(pattern) ? pattern.signal?.$refText : undefined;
  const front = signal === undefined || signal === '' ? 'new' : `${signal[0]?.toLowerCase()}${signal.slice(1)}`;
  return renamed(found, `${front}${node.name[0]?.toUpperCase()}${node.name.slice(1)}`);
}

/** A variable that is called like a unit gets the whole word. */
export function renamedUnit(found: Found): Fix[] {
  const word = wordOfUnit(found.text);
  return word === undefined ? [] : renamed(found, word);
}

/** Whatever was linked to the element goes with it, in every file. */
function renamed({ node, document, services }: Found, wanted: string): Fix[] {
  const name = freeName(node, wanted);
  const own = nameChange(node, name);
  if (own === undefined) return [];
  const uses = services.shared.workspace.LangiumDocuments.all.flatMap((other) =>
    other.references.flatMap((reference) =>
      'ref' in reference && reference.ref === node && reference.$refNode !== undefined
        ? [replaced(other, reference.$refNode.offset, reference.$refNode.end, name)]
        : [],
    ),
  );
  const texts = placesInTexts(node).map(({ start, end }) => replaced(document, start, end, name));
  return [{ title: `Rename to \`${name}\``, edits: [own, ...uses, ...texts], certainty: 'possible' }];
}

/** The second of a name has no references: all lead to the first. */
export function renamedDuplicate({ node }: Found): Fix[] {
  if (!('name' in node) || typeof node.name !== 'string') return [];
  let number = 2;
  while (isTaken(node, `${node.name}${number}`)) number++;
  const edit = nameChange(node, `${node.name}${number}`);
  return edit === undefined
    ? []
    : [{ title: `Rename to \`${node.name}${number}\``, edits: [edit], certainty: 'possible' }];
}

function nameChange(node: AstNode, name: string): Fix['edits'][number] | undefined {
  const cst = ast.isBinding(node) ? node.$cstNode : GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
  return cst === undefined ? undefined : replaced(AstUtils.getDocument(node), cst.offset, cst.end, name);
}

function freeName(node: AstNode, wanted: string): string {
  let name = wanted;
  for (let number = 2; isTaken(node, name); number++) name = `${wanted}${number}`;
  return name;
}

function isTaken(node: AstNode, name: string): boolean {
  const root = AstUtils.getDocument(node).parseResult.value;
  return AstUtils.streamAllContents(root).some((other) => 'name' in other && other.name === name);
}
