/**
 * What a twin's bindings, and the defaults where it has none, say about spans: whose operation a span is, and which
 * interactions a trace may be. Knows names and attributes, not how spans relate.
 */
import type { Component, ElementId, Expression, Model, Operation, Twin } from '../model/index.ts';
import { matchingName } from './name-matching.ts';
import type { Span } from './observation.ts';
import { compileObservedCondition } from './observed-value.ts';

/** More distinct names than this are not remembered; they are looked up anew each time. */
const REMEMBERED = 20_000;

interface Candidate {
  readonly operation: ElementId;
  readonly where: ((span: Span) => boolean) | undefined;
}

interface TraceBinding {
  readonly interaction: ElementId;
  readonly span: string;
  readonly containing: boolean;
}

export class Bindings {
  readonly traces: readonly TraceBinding[];
  readonly #componentOfService = new Map<string, Component | undefined>();
  readonly #components: readonly Component[];
  readonly #named: ReadonlyMap<string, Component>;
  readonly #explicitService = new Map<string, ElementId>();
  readonly #spans = new Map<ElementId, { span: string; where: Expression | undefined }[]>();
  readonly #candidates = new Map<string, readonly Candidate[]>();
  readonly #outside = new Map<string, Candidate[]>();

  constructor(model: Model, twin: Twin) {
    this.#components = model.components;
    const withService = new Set<ElementId>();
    for (const binding of twin.bindings) {
      if (binding.kind === 'service') {
        this.#explicitService.set(binding.service, binding.component);
        withService.add(binding.component);
      } else if (binding.kind === 'span') {
        const spans = this.#spans.get(binding.operation) ?? [];
        spans.push({ span: binding.span, where: binding.where });
        this.#spans.set(binding.operation, spans);
      }
    }
    this.traces = twin.bindings.flatMap((binding) =>
      binding.kind === 'trace'
        ? [{ interaction: binding.interaction, span: binding.span, containing: binding.containing }]
        : [],
    );
    this.#named = new Map(
      model.components
        .filter((component) => !withService.has(component.id))
        .map((component) => [component.name, component]),
    );
    for (const component of model.components) if (component.external) this.#bindOutside(component);
  }

  /** The component that a service is, by its binding or by its name. */
  componentOf(service: string): ElementId | undefined {
    return this.#component(service)?.id;
  }

  /** The operation whose execution the span is, or that it asks an unobserved external component for. */
  operationOf(span: Span): ElementId | undefined {
    for (const { operation, where } of this.#ofService(span)) if (where === undefined || where(span)) return operation;
    if (span.spanKind !== 'client' && span.spanKind !== 'producer') return undefined;
    for (const { operation, where } of this.#outside.get(span.name) ?? []) {
      if (where === undefined || where(span)) return operation;
    }
    return undefined;
  }

  #ofService(span: Span): readonly Candidate[] {
    const key = `${span.service}\n${span.name}`;
    const known = this.#candidates.get(key);
    if (known !== undefined) return known;
    const component = this.#component(span.service);
    const found = component?.operations.flatMap((operation) => this.#bound(operation, span.name)) ?? [];
    if (this.#candidates.size < REMEMBERED) this.#candidates.set(key, found);
    return found;
  }

  #bound(operation: Operation, name: string): Candidate[] {
    const bindings = this.#spans.get(operation.id);
    if (bindings === undefined) return operation.name === name ? [{ operation: operation.id, where: undefined }] : [];
    return bindings.flatMap(({ span, where }) =>
      span === name ? [{ operation: operation.id, where: where && compileObservedCondition(where) }] : [],
    );
  }

  #bindOutside(component: Component): void {
    for (const operation of component.operations) {
      for (const { span, where } of this.#spans.get(operation.id) ?? []) {
        const candidates = this.#outside.get(span) ?? [];
        candidates.push({ operation: operation.id, where: where && compileObservedCondition(where) });
        this.#outside.set(span, candidates);
      }
    }
  }

  #component(service: string): Component | undefined {
    if (this.#componentOfService.has(service)) return this.#componentOfService.get(service);
    const explicit = this.#explicitService.get(service);
    const name = explicit === undefined ? matchingName(service, [...this.#named.keys()]) : undefined;
    const component =
      explicit !== undefined
        ? this.#components.find(({ id }) => id === explicit)
        : name !== undefined
          ? this.#named.get(name)
          : undefined;
    if (this.#componentOfService.size < REMEMBERED) this.#componentOfService.set(service, component);
    return component;
  }
}
