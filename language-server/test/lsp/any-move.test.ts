/** A law of moving files: whatever moves, every import leads to the file that it led to before. */
import fc from 'fast-check';
import { EmptyFileSystem, TextDocument, URI, UriUtils } from 'langium';
import { parseHelper } from 'langium/test';
import { expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver';
import { importsOf } from '../../src/language/links/imports.ts';
import { createTwinLspServices } from '../../src/lsp/services.ts';

const { shared, twin } = createTwinLspServices(EmptyFileSystem);
const parse = parseHelper(twin);
const ready = shared.workspace.WorkspaceManager.initializeWorkspace([]);

const root = URI.parse('file:///models/space');
const uriOf = (path: string) => UriUtils.joinPath(root, path);

const folder = fc.constantFrom('', 'a', 'b', 'a/b', 'a/bb', 'a/b/c', 'ä ö', 'x#y');
const file = fc
  .tuple(folder, fc.constantFrom('k.twin', 'l.twin', 'm n.twin', 'o%20p.twin'))
  .map((parts) => parts.filter(Boolean).join('/'));
const tree = fc.uniqueArray(file, { minLength: 1, maxLength: 6 });

/** Files with imports between them, and where some of them, or a folder, go. */
const project = tree.chain((paths) =>
  fc.record({
    paths: fc.constant(paths),
    imports: fc.array(
      fc.record({ from: fc.nat(paths.length - 1), to: fc.nat(paths.length - 1), dotted: fc.boolean() }),
    ),
    moves: fc.oneof<fc.Arbitrary<[string, string][]>[]>(
      fc.uniqueArray(fc.tuple<[string, string]>(fc.constantFrom(...paths), file), {
        maxLength: 3,
        selector: ([from]) => from,
      }),
      fc
        .tuple<[string, string]>(fc.constantFrom('a', 'a/b', 'ä ö'), fc.constantFrom('new', 'b/new', 'a2'))
        .map((move) => [move]),
    ),
  }),
);

function pathBetween(from: string, to: string, dotted: boolean): string {
  const path = UriUtils.relative(UriUtils.dirname(uriOf(from)), uriOf(to));
  return dotted && !path.startsWith('../') ? `./${path}` : path;
}

test('after any move every import leads where it led before', async () => {
  await ready;
  const law = fc.asyncProperty(project, async ({ paths, imports, moves }) => {
    const texts = paths.map((path, index) =>
      imports
        .filter(({ from }) => from === index)
        .map(({ to, dotted }) => `import "${pathBetween(path, paths[to] ?? '', dotted)}"`)
        .join('\n'),
    );
    const documents = await Promise.all(
      texts.map((text, index) => parse(text, { documentUri: uriOf(paths[index] ?? '').toString() })),
    );
    const files = moves.map(([from, to]) => ({ oldUri: uriOf(from).toString(), newUri: uriOf(to).toString() }));
    const edit = await shared.lsp.FileOperationHandler?.willRenameFiles?.({ files });
    const after = (uri: URI) => {
      const old = uri.toString();
      const move = files.find(({ oldUri }) => old === oldUri || old.startsWith(`${oldUri}/`));
      return URI.parse(move === undefined ? old : move.newUri + old.slice(move.oldUri.length));
    };
    const targets = documents.map((document) => importsOf(document).map(({ uri }) => after(uri).toString()));
    const edited = documents.map((document) => {
      const edits: TextEdit[] = edit?.changes?.[document.uri.toString()] ?? [];
      return { uri: after(document.uri), text: TextDocument.applyEdits(document.textDocument, edits) };
    });
    await shared.workspace.DocumentBuilder.update(
      [],
      documents.map(({ uri }) => uri),
    );
    for (const [index, { uri, text }] of edited.entries()) {
      const document = shared.workspace.LangiumDocumentFactory.fromString(text, uri);
      expect(document.parseResult.parserErrors).toEqual([]);
      expect(importsOf(document).map((found) => found.uri.toString())).toEqual(targets[index]);
    }
  });
  await fc.assert(law, { numRuns: 300 });
}, 60_000);
