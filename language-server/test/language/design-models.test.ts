/**
 * The two models that the language was designed with, where they are at hand: whole texts by somebody who did not know the
 * implementation. They are not part of the project, so elsewhere this test says that it was left out.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Model } from '@pollux/engine/model';
import { describe, expect, test } from 'vitest';
import { modelOf } from '../../src/language/index.ts';

const folder = new URL('../../../../shared/design/models/', import.meta.url);

const names = ['checkout', 'hospital'];

describe('the models of the design', () => {
  for (const name of names) {
    const file = new URL(`${name}.twin`, folder);
    const isThere = existsSync(file);
    const title = isThere ? `${name} reaches the model whole` : `${name} is not at hand, so nothing is said about it`;
    test.skipIf(!isThere)(title, async () => {
      const { model, problems } = await modelOf(readFileSync(file, 'utf8'));
      const found = problems.filter(({ severity }) => severity === 'error');
      expect(
        found.map(({ code }) => code),
        found.map(({ message }) => message).join('\n'),
      ).toEqual([]);
      expect(sizesOf(model as Model)).toEqual(sizes[name]);
    });
  }
});

/** How much of each kind there is: what is parsed and dropped on the way would be missing. */
function sizesOf({ activities, resources, scenarios, twins, policies, interactions, machines }: Model) {
  return {
    nodes: activities.map(({ nodes, edges }) => `${nodes.length} nodes, ${edges.length} edges`),
    shifts: resources.map(({ shifts }) => shifts.length),
    loads: scenarios.map(({ loads, timeline }) => `${loads.length} loads, ${timeline.length} changes`),
    expectations: [...scenarios, ...twins].map(({ expectations }) => expectations.length),
    variations: scenarios.map(({ variations }) => variations.map(({ values }) => values.length)),
    twins: twins.map(
      ({ sources, bindings, instances, forecasts, reactions }) =>
        `${sources.length} sources, ${bindings.length + instances.flatMap((one) => [...one.bindings, ...one.events]).length} bindings, ${forecasts.length} forecasts, ${reactions.length} reactions`,
    ),
    rules: policies.map(({ rules }) => rules.length),
    others: interactions.length + machines.length,
  };
}

/** Counted by hand. */
const sizes: Readonly<Record<string, ReturnType<typeof sizesOf>>> = {
  checkout: {
    nodes: ['7 nodes, 8 edges'],
    shifts: [2],
    loads: ['2 loads, 0 changes', '3 loads, 6 changes'],
    expectations: [1, 6, 2],
    variations: [[], [7, 2]],
    twins: ['3 sources, 8 bindings, 1 forecasts, 1 reactions'],
    rules: [6],
    others: 3,
  },
  hospital: {
    nodes: ['16 nodes, 17 edges', '8 nodes, 8 edges', '14 nodes, 15 edges'],
    shifts: [0, 2, 2, 0, 0, 0, 0, 0, 0],
    loads: ['1 loads, 3 changes'],
    expectations: [6, 2],
    variations: [[5, 3]],
    twins: ['2 sources, 5 bindings, 1 forecasts, 1 reactions'],
    rules: [5],
    others: 2,
  },
};
