/** The layout engine in the process that asks, where there is no page and no worker of one. */
import Elk from 'elkjs/lib/main.js';
import type { LayoutEngine } from '../diagram/layout.ts';

export function inProcessLayout(): LayoutEngine {
  const elk = new Elk();
  return { layout: (graph) => elk.layout(graph) };
}
