/** How divergences call the elements of a model: the names a person wrote. Knows nothing of observations. */
import type { Consumer, ElementId, Fragment, Message, Model } from '../model/index.ts';

export interface MessageInfo {
  readonly message: Message;
  readonly interaction: ElementId;
  /** The component called; undefined for signals to machines. */
  readonly component: ElementId | undefined;
  /** Messages whose executions wait for this one, outermost first. */
  readonly waiting: readonly ElementId[];
  /** `charge` */
  readonly operation: string;
  /** `orders -> bank.charge` */
  readonly label: string;
}

/** What follows a publication is an asynchronous call, whoever made it. */
function consumed(consumer: Consumer): Message {
  const { id, name, place, label, broker, to, operation, execution, within } = consumer;
  return {
    kind: 'message',
    ...{ id, name, place, label, to, execution },
    sort: 'asynchronous-call',
    from: broker,
    signature: operation,
    arguments: consumer.arguments,
    ...(within === undefined ? {} : { within }),
  };
}

export class ModelNames {
  readonly messages = new Map<ElementId, MessageInfo>();
  /** Components that are not ours to run, and perhaps not ours to observe. */
  readonly external = new Set<ElementId>();
  readonly componentOfOperation = new Map<ElementId, ElementId>();
  /** Operand → the fragment that it belongs to. */
  readonly fragmentOfOperand = new Map<ElementId, ElementId>();
  readonly #names = new Map<ElementId, string>();

  constructor(model: Model) {
    for (const component of model.components) {
      this.#names.set(component.id, component.name);
      if (component.external) this.external.add(component.id);
      for (const operation of component.operations) {
        this.componentOfOperation.set(operation.id, component.id);
        this.#names.set(operation.id, `${component.name}.${operation.name}`);
      }
    }
    for (const signal of model.signals) this.#names.set(signal.id, signal.name);
    for (const machine of model.machines) this.#names.set(machine.id, machine.name);
    for (const interaction of model.interactions) {
      this.#names.set(interaction.id, interaction.name);
      const lifelines = new Map(interaction.lifelines.map((lifeline) => [lifeline.id, lifeline]));
      const componentOf = (lifeline: ElementId) => {
        const represents = lifelines.get(lifeline)?.represents;
        return represents?.kind === 'component' ? represents.component : undefined;
      };
      const add = (message: Message, waiting: readonly ElementId[]) => {
        const operation = this.nameOf(message.signature).replace(/^.*\./, '');
        const arrow = message.sort === 'synchronous-call' ? '->' : '->>';
        const [from, to] = [message.from, message.to].map((id) => lifelines.get(id)?.name ?? '?');
        this.messages.set(message.id, {
          message,
          interaction: interaction.id,
          component: componentOf(message.to),
          waiting,
          operation,
          label: `${from} ${arrow} ${to}.${operation}`,
        });
        this.#collect(
          message.execution,
          message.sort === 'synchronous-call' ? [...waiting, message.id] : [message.id],
          add,
        );
      };
      this.#collect(interaction.body, [], add);
    }
  }

  /** The last part of the id where the element has no name of its own. */
  nameOf(element: ElementId): string {
    return this.#names.get(element) ?? element.slice(element.lastIndexOf('.') + 1);
  }

  #collect(
    fragments: readonly Fragment[],
    waiting: readonly ElementId[],
    add: (message: Message, waiting: readonly ElementId[]) => void,
  ): void {
    for (const fragment of fragments) {
      if (fragment.kind === 'message') {
        add(fragment, waiting);
        this.#collect(fragment.fallback ?? [], waiting, add);
      } else if (fragment.kind === 'consumer') add(consumed(fragment), waiting);
      if (!('operands' in fragment)) continue;
      for (const operand of fragment.operands) {
        this.fragmentOfOperand.set(operand.id, fragment.id);
        this.#collect(operand.body, waiting, add);
      }
    }
  }
}
