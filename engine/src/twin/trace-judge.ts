/**
 * Which interaction explains an observed trace, and how well. Traces of the same shape have the same answer, so each
 * shape is worked out once. Knows nothing of windows, alarms or time.
 */
import {
  compileInteraction,
  InteractionRecogniser,
  type InteractionRecognition,
  type ObservedCall,
} from '../behavior/index.ts';
import { dataTypesOf } from '../expressions/index.ts';
import type { ElementId, Model } from '../model/index.ts';
import type { Bindings, ObservedTrace, Occurrence } from '../observation/index.ts';

/** Length of all shapes that are remembered; telemetry has few and short ones, an attacker could make many. */
const REMEMBERED = 4_000_000;

export interface Judgement {
  readonly interaction: ElementId;
  readonly verdict: 'conforms' | 'violates' | 'undecided';
  readonly reason: string | undefined;
  readonly matches: readonly { readonly message: ElementId; readonly occurrence: Occurrence }[];
  readonly deviations: readonly TraceDeviation[];
  readonly fragments: readonly ElementId[];
  readonly operands: readonly ElementId[];
}

export type TraceDeviation =
  | { readonly kind: 'missing-message'; readonly message: ElementId; readonly caller: Occurrence | undefined }
  | { readonly kind: 'unexpected-message'; readonly within: ElementId; readonly occurrence: Occurrence }
  | { readonly kind: 'wrong-order'; readonly message: ElementId; readonly occurrence: Occurrence };

/** A judgement with places in the tree instead of occurrences; -1 is no place. */
interface ShapeJudgement {
  readonly interaction: ElementId;
  readonly verdict: Judgement['verdict'];
  readonly reason: string | undefined;
  readonly matches: readonly { readonly message: ElementId; readonly at: number }[];
  readonly deviations: readonly {
    readonly kind: TraceDeviation['kind'];
    readonly element: ElementId;
    readonly at: number;
  }[];
  readonly fragments: readonly ElementId[];
  readonly operands: readonly ElementId[];
}

export class TraceJudge {
  readonly #bindings: Bindings;
  readonly #recognisers: readonly { readonly interaction: ElementId; readonly recogniser: InteractionRecogniser }[];
  readonly #boundByTrace: ReadonlySet<ElementId>;
  readonly #numbers = new Map<ElementId, number>();
  readonly #shapes = new Map<string, readonly ShapeJudgement[]>();
  #remembered = 0;

  constructor(model: Model, bindings: Bindings) {
    this.#bindings = bindings;
    const dataTypes = dataTypesOf(model);
    this.#recognisers = model.interactions.map((interaction) => ({
      interaction: interaction.id,
      recogniser: new InteractionRecogniser(compileInteraction(interaction, model), dataTypes),
    }));
    this.#boundByTrace = new Set(bindings.traces.map((binding) => binding.interaction));
  }

  /**
   * None where no interaction of the model claims the trace; several where it holds several interactions, as the trace of a
   * client does that reports all it asks for in one.
   */
  judge(trace: ObservedTrace): readonly Judgement[] {
    const places: Occurrence[] = [];
    const shape = `${trace.bound.join()}:${this.#shapeOf(trace.roots, places)}`;
    let judged = this.#shapes.get(shape);
    if (judged === undefined) {
      judged = this.#work(trace, places);
      this.#remembered += shape.length;
      if (this.#remembered > REMEMBERED) {
        this.#shapes.clear();
        this.#remembered = shape.length;
      }
      this.#shapes.set(shape, judged);
    }
    return judged.map((each) => inPlace(each, places));
  }

  /** A text that is equal for equal trees; fills `places` with the occurrences in the order of the text. */
  #shapeOf(occurrences: readonly Occurrence[], places: Occurrence[]): string {
    let text = '';
    for (const occurrence of occurrences) {
      places.push(occurrence);
      let number = this.#numbers.get(occurrence.operation);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(occurrence.operation, number);
      }
      const inner = occurrence.children.length === 0 ? '' : `(${this.#shapeOf(occurrence.children, places)})`;
      text += `${number}${occurrence.failed ? '!' : ''}${occurrence.tied ? '=' : ''}${inner},`;
    }
    return text;
  }

  #work(trace: ObservedTrace, places: readonly Occurrence[]): readonly ShapeJudgement[] {
    const whole = this.#recognise(trace, trace.roots);
    if (whole === undefined) return [];
    return this.#apart(trace, whole).map((each) => inShape(each, places));
  }

  /** A second beginning that an interaction has no room for is that of another one. */
  #apart(trace: ObservedTrace, whole: InteractionRecognition): readonly InteractionRecognition[] {
    const isSecond = (deviation: InteractionRecognition['deviations'][number]) =>
      deviation.kind === 'unexpected-message' && deviation.within === whole.interaction;
    if (!whole.deviations.some(isSecond)) return [whole];
    const parts: Occurrence[][] = [];
    for (const root of trace.roots) {
      const begins = this.#recognisers.some(({ recogniser }) => recogniser.beginnings.has(root.operation));
      if (begins || parts.length === 0) parts.push([root]);
      else parts.at(-1)?.push(root);
    }
    const recognised = parts.flatMap((part) => this.#recognise(trace, part) ?? []);
    return recognised.length === parts.length ? recognised : [whole];
  }

  /** The interaction that explains these executions of the trace best. */
  #recognise(trace: ObservedTrace, roots: readonly Occurrence[]): InteractionRecognition | undefined {
    const claimed = new Set(trace.bound.map((index) => this.#bindings.traces[index]?.interaction));
    const candidates = this.#recognisers.filter(({ interaction, recogniser }) =>
      this.#boundByTrace.has(interaction) && !(claimed.has(interaction) && roots.length < trace.roots.length)
        ? claimed.has(interaction)
        : roots.some((root) => recogniser.beginnings.has(root.operation)),
    );
    const recognitions = candidates.map(({ recogniser }) => recogniser.recognise(roots));
    // The first of equals: the order of the text decides.
    return recognitions.toSorted((a, b) => a.cost - b.cost)[0];
  }
}

function inShape(best: InteractionRecognition, places: readonly Occurrence[]): ShapeJudgement {
  const placeOf = new Map<ObservedCall, number>(places.map((occurrence, index) => [occurrence, index]));
  const at = (call: ObservedCall | undefined) => (call === undefined ? -1 : (placeOf.get(call) ?? -1));
  return {
    interaction: best.interaction,
    verdict: best.verdict,
    reason: best.reason,
    matches: best.matches.map(({ message, call }) => ({ message, at: at(call) })),
    deviations: best.deviations.map((deviation) => ({
      kind: deviation.kind,
      element: deviation.kind === 'unexpected-message' ? deviation.within : deviation.message,
      at: at(deviation.kind === 'missing-message' ? deviation.caller : deviation.call),
    })),
    fragments: best.fragments,
    operands: best.operands,
  };
}

function inPlace(judged: ShapeJudgement, places: readonly Occurrence[]): Judgement {
  return {
    ...judged,
    matches: judged.matches.map(({ message, at }) => ({ message, occurrence: places[at] as Occurrence })),
    deviations: judged.deviations.map(({ kind, element, at }): TraceDeviation => {
      if (kind === 'missing-message') return { kind, message: element, caller: places[at] };
      const occurrence = places[at] as Occurrence;
      return kind === 'unexpected-message'
        ? { kind, within: element, occurrence }
        : { kind, message: element, occurrence };
    }),
  };
}
