/** Lets the person pick one of the model's elements; with only one there is nothing to ask. */
import type { Element, ElementId } from '@pollux/engine/model';
import * as vscode from 'vscode';

interface PickOptions<E extends Element> {
  /** Already chosen, for example by a lens. */
  readonly id?: ElementId;
  readonly placeholder: string;
  /** What to say where there is none. */
  readonly none: string;
  /** Ask also where there is only one. */
  readonly alwaysAsk: boolean;
  readonly detail: (element: E) => string;
}

export async function pickElement<E extends Element>(
  elements: readonly E[],
  options: PickOptions<E>,
): Promise<E | null> {
  if (options.id !== undefined) return elements.find(({ id }) => id === options.id) ?? null;
  const [only] = elements;
  if (only === undefined) {
    void vscode.window.showInformationMessage(options.none);
    return null;
  }
  if (elements.length === 1 && !options.alwaysAsk) return only;
  const items = elements.map((element) => ({
    label: element.name,
    description: element.documentation?.split('\n')[0] ?? '',
    detail: options.detail(element),
    element,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: options.placeholder });
  return picked?.element ?? null;
}
