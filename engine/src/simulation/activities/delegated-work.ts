/**
 * Work that an action hands to the rest of the model, as a small interaction: one that calls the operation, or refers to the
 * interaction. So it meets cores, threads and failures as any other call does.
 */
import type { ActionNode, Argument, ElementId, Expression, Interaction, Model, Variable } from '../../model/index.ts';

/** Null where the work is none that an interaction does. */
export function delegatedWork(action: ActionNode, model: Model): Interaction | null {
  if (action.batch !== undefined) return null;
  const { work, name, place, label } = action;
  const id = workOf(action.id);
  const element = (suffix: string) => ({ id: `${id}${suffix}`, name, place, label });
  const given = (wanted: readonly Variable[]): { parameters: Variable[]; arguments: Argument[] } => {
    const parameters = wanted.map((parameter): Variable => ({ ...parameter, id: `${id}/${parameter.name}` }));
    const values = wanted.map(({ id: parameter, type }, index): Argument => {
      const value: Expression = { kind: 'variable', variable: parameters[index]!.id, type, place };
      return { parameter, value };
    });
    return { parameters, arguments: values };
  };
  if (work.kind === 'invoke') {
    const interaction = model.interactions.find((each) => each.id === work.behaviour);
    if (interaction === undefined) return null;
    const { parameters, arguments: values } = given(interaction.parameters);
    return {
      ...element(''),
      kind: 'interaction',
      parameters,
      variables: [],
      lifelines: [],
      body: [{ ...element('/ref'), kind: 'ref', interaction: interaction.id, arguments: values }],
    };
  }
  if (work.kind !== 'call') return null;
  const component = model.components.find(({ operations }) => operations.some((each) => each.id === work.operation));
  const operation = component?.operations.find((each) => each.id === work.operation);
  if (component === undefined || operation === undefined) return null;
  const { parameters, arguments: values } = given(operation.parameters);
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
        ...element('/message'),
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

/** The id of the interaction that does the work of an action. */
export function workOf(action: ElementId): ElementId {
  return `${action}/work`;
}

/** The interaction whose execution it is; null where it only calls an operation. */
export function referredBy({ id, body }: Interaction): ElementId | null {
  const [first] = body;
  return first?.kind === 'ref' && first.id === `${id}/ref` ? first.interaction : null;
}

/** A message that stands nowhere in the text. */
export function isOfDelegatedWork(message: ElementId): boolean {
  return message.endsWith('/work/message');
}
