/** What tells instances of a behaviour apart: its first argument, or that one's first attribute where it is a record. */
import type { DataTypes, Known } from '../expressions/index.ts';
import type { Variable } from '../model/index.ts';

export function instanceKey(
  parameters: readonly Variable[],
  dataTypes: DataTypes,
): (values: readonly Known[]) => Known {
  const type = parameters[0]?.type;
  const first = type?.kind === 'data' ? dataTypes.attributesOf(type.id)[0] : undefined;
  if (first === undefined) return (values) => values[0];
  const { name } = first;
  return ([value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, Known>>)[name]
      : value;
}
