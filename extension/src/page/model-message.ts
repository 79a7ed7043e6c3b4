/** What a page is told of a document's model. */
import type { ShowModel } from '@pollux/webview/protocol';
import type { ModelEntry } from '../editing/model-store.ts';

export function modelMessage(uri: string, entry: ModelEntry | null): ShowModel {
  return {
    version: entry?.version ?? 0,
    model: entry?.model ?? null,
    file: fileName(uri),
    ...(entry?.broken === undefined ? {} : { broken: entry.broken }),
  };
}

/** `shop.twin`. */
export function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
