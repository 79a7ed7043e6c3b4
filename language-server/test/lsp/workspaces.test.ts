/** Which files of a workspace an edit concerns, and in which order they are worked in. */
import { expect, test } from 'vitest';
import { EditingSession } from '../../src/lsp/editing-session.ts';

const files = new Map([
  ['address.twin', 'package a\ndata Address { street: String }\n'],
  ['customer.twin', 'package c\nimport "address.twin"\ndata Customer { address: Address }\n'],
  [
    'order.twin',
    'package o\nimport "customer.twin"\nmachine Order(customer: Customer) {\n  initial -> Open\n  state Open { when (customer.address.street == "") -> Closed }\n  final Closed\n}\n',
  ],
  ['other.twin', 'package x\nmachine Other {\n  initial -> Missing\n  state Open\n}\n'],
]);

async function edited(name: string, old: string, fresh: string): Promise<EditingSession> {
  const session = await EditingSession.openWorkspace(files, name);
  session.steps.length = 0;
  session.edit((files.get(name) ?? '').indexOf(old), old.length, fresh);
  await session.checkedAll();
  return session;
}

test('the open file is linked and checked before the files that import it', async () => {
  const { steps } = await edited('address.twin', 'String', 'Integer');
  expect(steps.slice(0, 2)).toEqual(['linked address.twin', 'checked address.twin']);
  expect(steps).toContain('checked customer.twin');
});

test('a name that leads through an imported file into the edited one is followed again', async () => {
  const session = await edited('address.twin', 'street', 'road');
  const findings = await session.checkedAll();
  expect(
    findings.filter(({ code }) => code === 'unresolved-name').map(({ place }) => place.uri.replace(/.*\//, '')),
  ).toContain('order.twin');
});

test('a name that led nowhere is found when a file behind an imported one declares it', async () => {
  const session = await edited('address.twin', 'street', 'road');
  session.edit((files.get('address.twin') ?? '').indexOf('street'), 'road'.length, 'street');
  const findings = await session.checkedAll();
  expect(findings.filter(({ place }) => place.uri.endsWith('order.twin')).map(({ message }) => message)).toEqual([]);
});

test('files that have nothing to do with the edited one are left alone, whatever their findings', async () => {
  const { steps } = await edited('order.twin', 'Open', 'Opened');
  expect(steps.filter((step) => !step.endsWith('order.twin'))).toEqual([]);
});
