/** The layout engine in this process. */
import Elk from 'elkjs/lib/main.js';
import { Layout } from '../src/diagram/layout.ts';

export function nodeLayout(): Layout {
  const elk = new Elk();
  return new Layout({ layout: (graph) => elk.layout(graph) });
}
