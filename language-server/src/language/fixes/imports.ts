/** Ways to mend what is missing from, or surplus among, the imports of a file. */
import { type LangiumDocument, UriUtils } from 'langium';
import { importClosure, importsOf, rootOf, visibleFiles } from '../links/imports.ts';
import type { Fix } from '../problems/fix.ts';
import { headEnd, inserted, lineEnd, removed, replaced } from './changes.ts';
import type { Found } from './found.ts';
import { near } from './names.ts';

/** Files that are open or part of the workspace and declare what is missing here. */
export function importOfDeclaring({ document, services, reference, text }: Found): Fix[] {
  const info = reference?.error?.info;
  if (info === undefined) return [];
  const documents = services.shared.workspace.LangiumDocuments;
  const type = services.shared.AstReflection.getReferenceType(info);
  const visible = new Set(visibleFiles(document, documents));
  const declaring = documents.all
    .filter((other) => !visible.has(other))
    .filter((other) =>
      rootOf(other).declarations.some(
        (node) => 'name' in node && node.name === text && services.shared.AstReflection.isSubtype(node.$type, type),
      ),
    )
    .filter((other) => !importClosure(other, documents).includes(document))
    .toArray();
  return declaring.map((other) => ({
    title: `Import "${pathTo(document, other)}"`,
    edits: [withImport(document, pathTo(document, other))],
    certainty: declaring.length === 1 ? 'likely' : 'possible',
  }));
}

/** Files beside whose path the missing one's is a slip of the key. */
export function nearFiles({ document, services, start, end, text }: Found): Fix[] {
  const others = services.shared.workspace.LangiumDocuments.all.filter((other) => other !== document);
  const paths = others.map((other) => pathTo(document, other));
  return near(text.slice(1, -1), paths, (path) => replaced(document, start, end, JSON.stringify(path)));
}

/** Said twice, or leading back here: the line goes. `safe` where nothing is lost with it. */
export function withoutImport(certainty: Fix['certainty']): (found: Found) => Fix[] {
  return ({ document, node }) => {
    const cst = importsOf(document).find((item) => item.node === node)?.node.$cstNode;
    return cst === undefined ? [] : [{ title: 'Remove this import', edits: [removed(cst, document)], certainty }];
  };
}

function pathTo(from: LangiumDocument, to: LangiumDocument): string {
  return UriUtils.relative(UriUtils.dirname(from.uri), to.uri);
}

function withImport(document: LangiumDocument, path: string): Fix['edits'][number] {
  const text = document.textDocument.getText();
  const eol = lineEnd(text);
  const line = `import "${path}"`;
  const head = headEnd(document);
  return head === 0 ? inserted(document, 0, `${line}${eol}${eol}`) : inserted(document, head, `${eol}${line}`);
}
