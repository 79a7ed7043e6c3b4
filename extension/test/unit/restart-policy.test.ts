import { expect, test } from 'vitest';
import { RestartPolicy } from '../../src/editing/restart-policy.ts';

test('a server that crashes now and then is always started again', () => {
  const policy = new RestartPolicy(2, 1000);
  expect([0, 600, 1200, 1800, 2400].map((now) => policy.crashed(now))).toEqual([true, true, true, true, true]);
});

test('a server that crashes again and again stays down', () => {
  const policy = new RestartPolicy(2, 1000);
  expect([0, 100, 200].map((now) => policy.crashed(now))).toEqual([true, true, false]);
});

test('a person who asks for a new start is given as many crashes again', () => {
  const policy = new RestartPolicy(1, 1000);
  policy.crashed(0);
  policy.forgive();
  expect(policy.crashed(10)).toBe(true);
});
