/**
 * Work that an action, or a call of an operation with a method, hands to the rest of the model, as a small interaction: one that
 * calls the operation, or refers to the interaction. So it meets cores, threads and failures as any other call does.
 */
import { methodWorkOf } from '../../behavior/index.ts';
import type {
  ActionNode,
  Argument,
  Element,
  ElementId,
  Expression,
  Interaction,
  Model,
  Operation,
  Variable,
} from '../../model/index.ts';

/** What ids end with. */
const DELEGATED = '/delegated';
const MESSAGE = '/message';

/** Null where the work is none that an interaction does. */
export function delegatedWork(action: ActionNode, model: Model): Interaction | null {
  if (action.batch !== undefined) return null;
  const { work } = action;
  const id = workOf(action.id);
  const element = elementsOf(id, action);
  if (work.kind === 'invoke') {
    const interaction = model.interactions.find((each) => each.id === work.behaviour);
    if (interaction === undefined) return null;
    return referring(id, action, interaction);
  }
  if (work.kind !== 'call') return null;
  const component = model.components.find(({ operations }) => operations.some((each) => each.id === work.operation));
  const operation = component?.operations.find((each) => each.id === work.operation);
  if (component === undefined || operation === undefined) return null;
  const { parameters, arguments: values } = given(id, operation.parameters);
  return {
    ...element(''),
    kind: 'interaction',
    parameters,
    variables: [],
    lifelines: [
      { ...element('/caller'), kind: 'lifeline', represents: { kind: 'actor' } },
      { ...element('/callee'), kind: 'lifeline', represents: { kind: 'component', component: component.id } },
    ],
    body: [
      {
        ...element(MESSAGE),
        kind: 'message',
        sort: 'synchronous-call',
        from: `${id}/caller`,
        to: `${id}/callee`,
        signature: operation.id,
        arguments: values,
        execution: [],
      },
    ],
  };
}

/** What a call of an operation invokes where that is an interaction; null where it is none. */
export function methodWork(operation: Operation, model: Model): Interaction | null {
  const interaction = model.interactions.find(({ id }) => id === operation.method);
  return interaction === undefined ? null : referring(methodWorkOf(operation.id), operation, interaction);
}

type Written = Pick<Element, 'name' | 'place' | 'label'>;

function elementsOf(id: ElementId, { name, place, label }: Written) {
  return (suffix: string) => ({ id: `${id}${suffix}`, name, place, label });
}

function referring(id: ElementId, written: Written, interaction: Interaction): Interaction {
  const element = elementsOf(id, written);
  const { parameters, arguments: values } = given(id, interaction.parameters);
  return {
    ...element(''),
    kind: 'interaction',
    parameters,
    variables: [],
    lifelines: [],
    body: [{ ...element('/ref'), kind: 'ref', interaction: interaction.id, arguments: values }],
  };
}

/** Parameters of its own, and arguments that hand them on. */
function given(
  id: ElementId,
  wanted: readonly Variable[],
): { readonly parameters: readonly Variable[]; readonly arguments: readonly Argument[] } {
  const parameters = wanted.map((parameter): Variable => ({ ...parameter, id: `${id}/${parameter.name}` }));
  const values = wanted.map(({ id: parameter, type, place }, index): Argument => {
    const value: Expression = { kind: 'variable', variable: parameters[index]!.id, type, place };
    return { parameter, value };
  });
  return { parameters, arguments: values };
}

/** The id of the interaction that does the work of an action. */
export function workOf(action: ElementId): ElementId {
  return `${action}${DELEGATED}`;
}

/** The interaction whose execution it is; null where it only calls an operation. */
export function referredBy({ id, body }: Interaction): ElementId | null {
  const [first] = body;
  return first?.kind === 'ref' && first.id === `${id}/ref` ? first.interaction : null;
}

/** A message that stands nowhere in the text. */
export function isOfDelegatedWork(message: ElementId): boolean {
  return message.endsWith(`${DELEGATED}${MESSAGE}`);
}
