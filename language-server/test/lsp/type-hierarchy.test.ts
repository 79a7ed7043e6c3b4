/** Machines that extend machines, up and down. */
import { URI } from 'langium';
import { clearDocuments } from 'langium/test';
import { afterEach, expect, test } from 'vitest';
import type { TypeHierarchyItem } from 'vscode-languageserver';
import { marked, twin } from './marked.ts';

afterEach(() => clearDocuments(twin));

const orders = 'machine Order { }\nmachine Express extends Order { }\nmachine Fastest extends Express { }\n';
const provider = twin.lsp.TypeHierarchyProvider;

async function itemAt(text: string): Promise<TypeHierarchyItem | undefined> {
  const { document, ...params } = await marked(text);
  return (await provider?.prepareTypeHierarchy(document, params))?.[0];
}

async function names(direction: 'supertypes' | 'subtypes', text: string): Promise<string[]> {
  const item = await itemAt(text);
  const found = item === undefined ? [] : await provider?.[direction]({ item });
  return (found ?? []).map(({ name }) => name);
}

test('the machine that a machine extends is above it', async () => {
  expect(await names('supertypes', orders.replace('machine Express', 'machine Expr|ess'))).toEqual(['Order']);
  expect(await names('supertypes', orders.replace('machine Order', 'machine Or|der'))).toEqual([]);
});

test('machines that extend it are below it, others that name it are not', async () => {
  const text = `${orders}component C { owns Order }\n`;
  expect(await names('subtypes', text.replace('machine Order', 'machine Or|der'))).toEqual(['Express']);
  expect(await names('subtypes', text.replace('extends Express', 'extends Expr|ess'))).toEqual(['Fastest']);
});

test('a machine of another file is found there', async () => {
  await marked('machine Order { }\n', 'file:///base.twin');
  const item = await itemAt('import "base.twin"\nmachine Express extends Or|der { }\n');
  expect(item?.uri).toBe(URI.parse('file:///base.twin').toString());
  expect(item?.selectionRange.start).toEqual({ line: 0, character: 8 });
});

test('only machines have a hierarchy', async () => {
  expect(await itemAt('component Or|ders { }')).toBeUndefined();
});
