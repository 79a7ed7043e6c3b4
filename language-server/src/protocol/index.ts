/**
 * What the server says beyond the Language Server Protocol. Plain `{ method }` descriptors that carry their types, because
 * client and server libraries pin different protocol versions.
 */
import type { ElementId, Expression, Model, Place, TestCase, TestStep } from '@pollux/engine/model';
import type { TelemetryNames } from '@pollux/engine/twin';

/** A request with the types of its parameters and of its answer. */
export interface RequestDescriptor<P, R> {
  readonly method: string;
  /** Never set: carries the types. */
  readonly types?: (parameters: P) => R;
}

/** A notification with the type of its parameters. */
export interface NotificationDescriptor<P> {
  readonly method: string;
  /** Never set: carries the type. */
  readonly types?: (parameters: P) => void;
}

export interface ModelParameters {
  readonly uri: string;
}

export interface ModelAnswer {
  readonly uri: string;
  /** Version of the document that this was computed from. */
  readonly version: number;
  /** Null where the document is not known or nothing of it could be lowered. */
  readonly model: Model | null;
  /** Syntax errors or unresolved names: the model lacks what they touch. The first one, zero-based line. */
  readonly broken?: { readonly message: string; readonly uri: string; readonly line: number };
}

/** The model that a document (with its imports) declares. */
export const modelRequest: RequestDescriptor<ModelParameters, ModelAnswer> = { method: 'pollux/model' };

/** A document, or one that it imports, changed and was checked: pull when interested. */
export const modelChanged: NotificationDescriptor<{ readonly uri: string; readonly version: number }> = {
  method: 'pollux/modelChanged',
};

/** To the server: the names that the attached twin has seen so far, for whoever writes bindings. */
export const telemetrySeen: NotificationDescriptor<TelemetryNames> = { method: 'pollux/telemetrySeen' };

export interface FragmentParameters {
  /** Of the entry document. */
  readonly uri: string;
  /** The machine or interaction that the fragment is about. */
  readonly behaviour: ElementId;
  /** Where an expression stands: on a transition it sees what that binds; absent = on the behaviour. */
  readonly context?: Place;
  readonly text: string;
}

/** What a person types while a machine is debugged: an expression, or something that happens to it, as in a test. */
export type Fragment =
  | { readonly kind: 'expression'; readonly expression: Expression }
  /** Something that happens, as a test has it. */
  | Extract<TestStep, { kind: 'send' | 'call' | 'after' | 'given' }>
  /** A whole test of the behaviour. */
  | TestCase;

export type FragmentAnswer = { readonly fragment: Fragment } | { readonly problem: string };

/** Reads an expression or a step in the context of a behaviour. */
export const fragmentRequest: RequestDescriptor<FragmentParameters, FragmentAnswer> = { method: 'pollux/fragment' };
