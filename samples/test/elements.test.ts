import { allElements, type Model } from '@pollux/engine/model';
import { describe, expect, it } from 'vitest';
import { sampleModel } from './sample-model.ts';

interface Found {
  readonly id: string;
  readonly path: string;
}

/** Whatever has an id and a place, with the fields that lead to it. */
function elementsIn(value: unknown, path = ''): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap((item) => elementsIn(item, path));
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, item]) => elementsIn(item, `${path}.${key}`));
  const isElement = 'id' in value && 'place' in value && 'label' in value;
  return isElement ? [{ id: String(value.id), path }, ...inside] : inside;
}

describe.each([
  'shop/shop.twin',
  'hospital/hospital.twin',
  'warehouse/warehouse.twin',
  'train-ticket/train-ticket.twin',
])('%s', (path) => {
  it('has every element in its index, but the names that triggers bind', async () => {
    const { model } = await sampleModel(path);
    const indexed = new Set([...allElements(model satisfies Model)].map(({ id }) => id));
    const elements = elementsIn(model);
    expect(elements.length).toBeGreaterThan(50);
    const unknown = elements.filter(({ id, path }) => !indexed.has(id) && !path.endsWith('.bindings'));
    expect(unknown).toEqual([]);
  });
});
