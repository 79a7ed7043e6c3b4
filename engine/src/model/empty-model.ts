/** A model that declares nothing: what builders of models begin with, so that a new kind of element has one default. */
import { MODEL_SCHEMA, type Model } from './model.ts';

export function emptyModel(uri: string, packageName = ''): Model {
  return {
    schema: MODEL_SCHEMA,
    uri,
    package: packageName,
    enumerations: [],
    dataTypes: [],
    signals: [],
    machines: [],
    components: [],
    interactions: [],
    activities: [],
    resources: [],
    deployments: [],
    scenarios: [],
    twins: [],
    policies: [],
    calibrations: [],
    tests: [],
  };
}
