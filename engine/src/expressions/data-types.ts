/** What expressions need to know of the model's data types: the names that attributes have in records. */
import type { Attribute, ElementId, Model } from '../model/index.ts';

export interface DataTypes {
  /** In the order of their declaration; empty where there is no such type. */
  attributesOf(data: ElementId): readonly Attribute[];
  /** The key that the attribute has in a record. */
  keyOf(attribute: ElementId): string | undefined;
}

export const noDataTypes: DataTypes = { attributesOf: () => [], keyOf: () => undefined };

export function dataTypesOf(model: Pick<Model, 'dataTypes'>): DataTypes {
  const types = new Map(model.dataTypes.map((type) => [type.id, type.attributes]));
  const keys = new Map(model.dataTypes.flatMap(({ attributes }) => attributes.map(({ id, name }) => [id, name])));
  return {
    attributesOf: (data) => types.get(data) ?? [],
    keyOf: (attribute) => keys.get(attribute),
  };
}
