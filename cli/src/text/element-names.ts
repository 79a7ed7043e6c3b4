/** How elements are named in text: without the package that all of them share, and with the line they stand on. */
import { type AnyElement, type ElementId, indexElements, type Model } from '@pollux/engine/model';
import { shownPath } from '../read-model.ts';

export class ElementNames {
  readonly #elements: ReadonlyMap<ElementId, AnyElement>;
  readonly #prefix: string;
  readonly #folder: string;

  constructor(model: Model, folder: string) {
    this.#elements = indexElements(model);
    this.#prefix = model.package === '' ? '' : `${model.package}.`;
    this.#folder = folder;
  }

  of(id: ElementId): string {
    return this.#prefix !== '' && id.startsWith(this.#prefix) ? id.slice(this.#prefix.length) : id;
  }

  kind(id: ElementId): string {
    return this.#elements.get(id)?.kind ?? '';
  }

  /** `shop.twin:31:5`, or empty for what is not in the text. */
  place(id: ElementId): string {
    const element = this.#elements.get(id);
    if (element === undefined) return '';
    const { uri, start } = element.label;
    return `${shownPath(uri, this.#folder)}:${start.line + 1}:${start.character + 1}`;
  }
}
