/** What the attached twin has seen, as the editor last told it. Kept after detaching: bindings are written at leisure. */
import type { TelemetryNames } from '@pollux/engine/twin';

export class SeenTelemetry {
  names: TelemetryNames | undefined;
}
