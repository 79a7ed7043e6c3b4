/** Compiled interactions → one program. */
import type { Deployment, ElementId, Interaction, Model } from '../../model/index.ts';
import { type CostVariants, noVariants } from './cost-variants.ts';
import { Flattening, type OwnedOperation } from './flattening.ts';
import type { Program } from './program.ts';
import { programParts } from './program-parts.ts';

/** The program of the given interactions, in that order, as calls are made where they are deployed. */
export function flatten(
  model: Model,
  interactions: readonly Interaction[],
  deployment?: Deployment,
  variants: CostVariants = noVariants,
): Program {
  const parts = programParts(model, deployment, variants);
  const operations = new Map<ElementId, OwnedOperation>();
  for (const component of model.components) {
    for (const operation of component.operations) operations.set(operation.id, { operation, component: component.id });
  }
  const flat = interactions.map((interaction, index) =>
    new Flattening(model, operations, parts, interaction, index).flatten(),
  );
  const { threaded: _, connected: __, balances: ___, queuePriorities: ____, variants: _____, ...program } = parts;
  return { ...program, code: Int32Array.from(parts.code), interactions: flat };
}
