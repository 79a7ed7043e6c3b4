/** The layout engine in a worker of its own, started from the page's own text: no file to fetch, nothing but `blob:` to allow. */
import ElkConstructor from 'elkjs/lib/elk-api.js';
import workerSource from 'elkjs/lib/elk-worker.min.js';
import type { LayoutEngine } from '../diagram/layout.ts';

export function startLayoutWorker(): LayoutEngine {
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const elk = new ElkConstructor({ workerFactory: () => new Worker(url) });
  return { layout: (graph) => elk.layout(graph) };
}
