/** The examples of every declared finding: the wrong text has it and no other, the mended one does not. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type LoadedModel, loadModel, type ProblemDeclaration, problemCodes } from '../../../src/language/index.ts';
import type { ProblemDeclarations } from '../../../src/language/problems/problem-declaration.ts';

function load(text: string, { files = {} }: ProblemDeclaration): Promise<LoadedModel> {
  const texts: Record<string, string> = { ...files, 'model.twin': text };
  const read = async (uri: string) => texts[uri.slice('file:///'.length)] ?? Promise.reject(new Error('no such file'));
  return loadModel({ read }, 'file:///model.twin');
}

const shown = Object.entries(problemCodes).filter(([, { wrong }]) => wrong !== '');

test('only a mistake of the program itself has no example', () => {
  expect(Object.keys(problemCodes).filter((code) => !shown.some(([other]) => other === code))).toEqual(['internal']);
});

describe.each(shown)('%s', (code, declaration) => {
  test('its wrong example has it, as severe as declared, and nothing else', async () => {
    const { problems } = await load(declaration.wrong, declaration);
    // A hint about something else (what nothing uses, what nobody sends) would only make the example longer.
    const found = problems
      .filter((problem) => problem.code === code || problem.severity !== 'information')
      .map((problem) => `${problem.severity} ${problem.code}`);
    expect([...new Set(found)], problems.map(({ message }) => message).join('\n')).toEqual([
      `${declaration.severity} ${code}`,
    ]);
  });

  test('its mended example does not, and has no errors', async () => {
    const { model, problems } = await load(declaration.mended, declaration);
    const left = problems.filter((problem) => problem.code === code || problem.severity === 'error');
    expect(left.map(({ message }) => message)).toEqual([]);
    expect(model).not.toBeNull();
  });
});

test('each area is part of the table, and no code is declared in two', async () => {
  const folder = new URL('../../../src/language/problems/declared/', import.meta.url);
  const areas = await Promise.all(readdirSync(folder).map((file) => import(`${folder.href}${file}`)));
  const codes = areas.flatMap((area) =>
    Object.values<ProblemDeclarations>(area).flatMap((table) => Object.keys(table)),
  );
  expect(codes.sort()).toEqual(Object.keys(problemCodes).sort());
});
