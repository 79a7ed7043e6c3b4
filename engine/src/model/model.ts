/** The whole model: plain, immutable, serialisable data, as one entry document and its imports declare it. */
import type { Activity, Resource } from './activity.ts';
import type { Component } from './component.ts';
import type { Deployment } from './deployment.ts';
import type { Interaction } from './interaction.ts';
import type { Machine } from './machine.ts';
import type { Policy } from './property.ts';
import type { Scenario } from './scenario.ts';
import type { TestCase } from './test-case.ts';
import type { Calibration, Twin } from './twin.ts';
import type { DataType, Enumeration, Signal } from './value-type.ts';

/** Raised whenever the shape of `Model` changes. */
export const MODEL_SCHEMA = 5;

export interface Model {
  readonly schema: typeof MODEL_SCHEMA;
  /** The entry document. */
  readonly uri: string;
  /** Empty where the document declares none. */
  readonly package: string;
  readonly enumerations: readonly Enumeration[];
  readonly dataTypes: readonly DataType[];
  readonly signals: readonly Signal[];
  readonly machines: readonly Machine[];
  readonly components: readonly Component[];
  readonly interactions: readonly Interaction[];
  readonly activities: readonly Activity[];
  readonly resources: readonly Resource[];
  readonly deployments: readonly Deployment[];
  readonly scenarios: readonly Scenario[];
  readonly twins: readonly Twin[];
  readonly policies: readonly Policy[];
  readonly calibrations: readonly Calibration[];
  readonly tests: readonly TestCase[];
}
