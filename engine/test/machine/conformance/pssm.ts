/**
 * The tests of OMG's *Precise Semantics of UML State Machines* suite, from data that stays outside the project. Knows its
 * shape only; where the data is not there, there are no tests.
 */
import { existsSync, readFileSync } from 'node:fs';

const data = new URL('../../../../../shared/conformance/pssm.json', import.meta.url);

export interface PssmTest {
  readonly name: string;
  readonly area: string;
  readonly structure: PssmMachine;
  readonly events: readonly PssmEvent[];
  /** Items joined by `::`. */
  readonly expected: string;
  /** The exact set of traces, where it is known. */
  readonly admitted: readonly string[] | null;
}

export interface PssmMachine {
  readonly signals: readonly string[];
  readonly operations: readonly string[];
  readonly regions: readonly PssmRegion[];
}

export interface PssmRegion {
  readonly region: string;
  readonly vertices: readonly PssmVertex[];
  readonly transitions: readonly PssmTransition[];
}

export interface PssmBehaviour {
  readonly name: string;
  /** What it returns, parameter by parameter. */
  readonly out?: readonly (readonly [string, string])[];
}

export interface PssmVertex {
  /** A path; of a connection point: that of its state, `#`, its name. */
  readonly id: string;
  readonly kind: string;
  readonly entry?: PssmBehaviour;
  readonly exit?: PssmBehaviour;
  readonly doActivity?: PssmBehaviour;
  /** `signal X`, `call op`. */
  readonly defer?: readonly string[];
  readonly regions?: readonly PssmRegion[];
  readonly connectionPoints?: readonly PssmVertex[];
}

export interface PssmTransition {
  readonly name: string | null;
  readonly kind: string;
  readonly source: string;
  readonly target: string;
  readonly triggers?: readonly string[];
  readonly effect?: PssmBehaviour;
}

export interface PssmEvent {
  readonly signal?: string;
  readonly call?: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly expectOut?: Readonly<Record<string, string>>;
}

export const pssmTests: readonly PssmTest[] = existsSync(data) ? JSON.parse(readFileSync(data, 'utf8')) : [];
