/** What a caller does about trouble with a message: what stands on it, over what the calling component `requires`. */
import { allElements, type CallPolicy, type ElementId, type Message, type Model } from '../model/index.ts';

export type PolicyOf = (message: ElementId, from: ElementId | undefined, to: ElementId | undefined) => CallPolicy;

/** `from` and `to` are components, undefined where a lifeline stands for none. */
export function callPolicies(model: Model): PolicyOf {
  const own = new Map<ElementId, CallPolicy>();
  for (const element of allElements(model)) {
    const { policy } = element as Partial<Message>;
    if (element.kind === 'message' && policy !== undefined) own.set(element.id, policy);
  }
  return (message, from, to) => {
    const requires = model.components.find(({ id }) => id === from)?.requires;
    return { ...requires?.find(({ component }) => component === to)?.policy, ...own.get(message) };
  };
}
