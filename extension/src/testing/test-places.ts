/** The tests that a text declares, in its order. Knows nothing of VS Code. */
import type { ElementId, Model, Place } from '@pollux/engine/model';

interface TestPlace {
  readonly id: ElementId;
  readonly name: string;
  /** Name of the machine, interaction or activity. */
  readonly of: string;
  readonly place: Place;
  readonly documentation: string | undefined;
}

/** Tests of imported texts belong to those. */
export function testPlaces(model: Model, uri: string): readonly TestPlace[] {
  const behaviours = [...model.machines, ...model.interactions, ...model.activities];
  return model.tests
    .filter(({ place }) => place.uri === uri)
    .map(({ id, name, behaviour, label, documentation }) => ({
      id,
      name,
      of: behaviours.find((each) => each.id === behaviour)?.name ?? behaviour,
      place: label,
      documentation,
    }));
}
