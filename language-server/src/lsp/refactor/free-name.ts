/** A name that nothing in the file has yet. */
import { AstUtils, type LangiumDocument } from 'langium';

export function freeName({ parseResult }: LangiumDocument, wanted: string): string {
  const names = new Set<unknown>();
  for (const node of AstUtils.streamAllContents(parseResult.value)) if ('name' in node) names.add(node.name);
  let name = wanted;
  for (let number = 2; names.has(name); number++) name = `${wanted}${number}`;
  return name;
}
