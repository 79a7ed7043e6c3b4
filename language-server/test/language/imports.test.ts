/** What is wrong with an import is said once, at the import. */
import { describe, expect, test } from 'vitest';
import { type FileReader, loadModel } from '../../src/language/index.ts';

/** Files by their paths; a path that ends in `/` is an empty folder, a value that begins with `!` cannot be read. */
type Folder = Readonly<Record<string, string>>;

const root = 'file:///models/main.twin';

function readerOf(files: Folder): FileReader {
  const uriOf = (path: string) => new URL(path, root).toString();
  return {
    read: async (uri) => {
      const text = Object.entries(files).find(([path]) => uriOf(path) === uri)?.[1];
      if (text === undefined || text.startsWith('!')) throw new Error(text?.slice(1) ?? 'no such file');
      return text;
    },
    list: async (uri) => {
      const folder = uri.endsWith('/') ? uri : `${uri}/`;
      const below = Object.keys(files)
        .map(uriOf)
        .filter((found) => found.startsWith(folder) && found !== folder)
        .map((found) => decodeURIComponent(found.slice(folder.length)));
      if (below.length === 0 && !Object.keys(files).some((path) => uriOf(path) === folder))
        throw new Error('no folder');
      const names = new Map(below.map((path) => [path.replace(/\/.*$/, ''), path.includes('/')]));
      return [...names].map(([name, isDirectory]) => ({ name, isDirectory }));
    },
  };
}

async function findings(files: Folder): Promise<{ code: string; message: string; text: string }[]> {
  const { problems } = await loadModel(readerOf(files), root);
  return problems
    .filter(({ place, severity }) => place.uri === root && severity === 'error')
    .map(({ code, message, place: { start, end } }) => {
      const line = (files['main.twin'] ?? '').split('\n')[start.line] ?? '';
      return { code, message, text: line.slice(start.character, end.character) };
    });
}

describe('an import of', () => {
  test.each<[string, string, Folder, string, RegExp]>([
    [
      'a file that is missing',
      'none.twin',
      {},
      'missing-file',
      /^There is no file "none.twin" beside this one\. Paths/,
    ],
    [
      'a file with a slip of the key',
      'typs.twin',
      { 'types.twin': '' },
      'missing-file',
      /Did you mean `"types.twin"`\?/,
    ],
    ['a file without its ending', 'types', { 'types.twin': '' }, 'missing-file', /Did you mean `"types.twin"`\?/],
    ['a file in a missing folder', 'sub/types.twin', {}, 'missing-file', /no file "sub\/types.twin" in "sub"/],
    [
      'a file in the wrong case',
      'Types.twin',
      { 'types.twin': '' },
      'missing-file',
      /differs in upper and lower case: write `"types.twin"`/,
    ],
    [
      'a folder in the wrong case',
      'Base/Types.twin',
      { 'base/types.twin': '' },
      'missing-file',
      /differs in upper and lower case: write `"base\/types.twin"`/,
    ],
    [
      'a folder',
      'base',
      { 'base/types.twin': '' },
      'missing-file',
      /is a folder\. Import its files.*"base\/types.twin"/,
    ],
    ['an empty folder', 'base', { 'base/': '' }, 'missing-file', /is a folder\. It holds no `.twin` file\./],
    ['a file of another kind', 'data.csv', { 'data.csv': '1' }, 'missing-file', /no `.twin` file; only those/],
    [
      'a file that nobody may read',
      'secret.twin',
      { 'secret.twin': "!EACCES: permission denied, open '/models/secret.twin'" },
      'missing-file',
      /exists but cannot be read: EACCES: permission denied\. Check who may read it\./,
    ],
    [
      'an absolute path',
      '/models/types.twin',
      { 'types.twin': '' },
      'missing-file',
      /absolute path.*: `"types.twin"`\./,
    ],
    ['a path with a drive', 'C:/types.twin', {}, 'missing-file', /absolute path.*relative to this file\.$/],
    ['an address', 'https://example.org/types.twin', {}, 'missing-file', /is an address.*Copy the file/],
    ['a path with backslashes', 'base\\types.twin', { 'base/types.twin': '' }, 'missing-file', /`"base\/types.twin"`/],
    ['nothing', '', {}, 'missing-file', /Write the path of a file here/],
    ['itself', 'main.twin', {}, 'import-cycle', /imports itself\. Remove the line\./],
    ['itself, in a roundabout way', '../models/./main.twin', {}, 'import-cycle', /imports itself/],
    [
      'a file that leads back',
      'a.twin',
      { 'a.twin': 'import "b.twin"', 'b.twin': 'import "main.twin"' },
      'import-cycle',
      /: main\.twin → a\.twin → b\.twin → main\.twin\. Move what both need/,
    ],
    [
      'a file that is too large',
      'big.twin',
      { 'big.twin': `//${' '.repeat(2_000_000)}` },
      'too-large',
      /not read\. .* 2\.1 MB/,
    ],
  ])('%s', async (_, path, files, code, message) => {
    const found = await findings({ 'main.twin': `\nimport "${path}"\nsignal A`, ...files });
    expect(found).toEqual([{ code, message: expect.stringMatching(message), text: `"${path}"` }]);
  });

  test('the same file twice', async () => {
    const found = await findings({ 'main.twin': 'import "a.twin"\nimport "./a.twin"', 'a.twin': '' });
    expect(found.map(({ code, text }) => ({ code, text }))).toEqual([{ code: 'duplicate-name', text: '"./a.twin"' }]);
  });

  test.each([
    'a.twin',
    './a.twin',
    '../models/a.twin',
    'sub/../a.twin',
    'with blank.twin',
    'ümläut.twin',
    'a#1.twin',
    'a%20b.twin',
  ])('an existing file, written %s, is fine', async (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const onDisk = encodeURIComponent(name);
    expect(await findings({ 'main.twin': `import "${path}"`, [onDisk]: 'signal A' })).toEqual([]);
  });
});

test('a wrong spelling does not read a second copy where upper and lower case are the same', async () => {
  const files = readerOf({ 'main.twin': 'import "Types.twin"', 'types.twin': 'signal A' });
  const careless: FileReader = { ...files, read: (uri) => files.read(uri.replace('Types', 'types')) };
  const { problems, model } = await loadModel(careless, root);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/write `"types.twin"`/)]);
  expect(model?.signals).toEqual([]);
});

test('where folders cannot be listed, a missing file is still named', async () => {
  const { read } = readerOf({ 'main.twin': 'import "Types.twin"', 'types.twin': '' });
  const { problems } = await loadModel({ read }, root);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/^There is no file "Types.twin"/)]);
});
