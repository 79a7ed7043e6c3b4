/** The whole model: plain, immutable, serialisable data, as one entry document and its imports declare it. */
import type { Component } from './component.ts';
import type { Deployment } from './deployment.ts';
import type { Interaction } from './interaction.ts';
import type { Machine } from './machine.ts';
import type { Scenario } from './scenario.ts';
import type { Twin } from './twin.ts';
import type { Enumeration, Signal } from './value-type.ts';

/** Raised whenever the shape of `Model` changes. */
export const MODEL_SCHEMA = 1;

export interface Model {
  readonly schema: typeof MODEL_SCHEMA;
  /** The entry document. */
  readonly uri: string;
  /** Empty where the document declares none. */
  readonly package: string;
  readonly enumerations: readonly Enumeration[];
  readonly signals: readonly Signal[];
  readonly machines: readonly Machine[];
  readonly components: readonly Component[];
  readonly interactions: readonly Interaction[];
  readonly deployments: readonly Deployment[];
  readonly scenarios: readonly Scenario[];
  readonly twins: readonly Twin[];
}
