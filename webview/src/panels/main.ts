/** The page's entry: one bundle for all panels; the body says which. Tells the host that it is ready, and what fails. */

import type { Meeting } from '../diagram/audit.ts';
import {
  type PanelKind,
  pageFailed,
  ready,
  select,
  showActive,
  showExperiments,
  showModel,
  showProgress,
  showResult,
  showRun,
  showTwin,
} from '../protocol/index.ts';
import { auditPage, cutTexts } from '../render/audit-page.ts';
import { canvasMeasure } from '../render/measure-canvas.ts';
import { DiagramPanel } from './diagram-panel.ts';
import { Host } from './host.ts';
import { startLayoutWorker } from './layout-worker.ts';
import { ResultsPanel } from './results-panel.ts';

declare global {
  interface Window {
    /** Lists every text that meets a stroke, a text or an edge; empty where all is well. */
    polluxAudit: () => readonly Meeting[];
    /** Draws at once what is due; true where all that the page was told is drawn then. */
    polluxDraw: () => boolean;
  }
}

function start(): void {
  const host = new Host();
  const report = (failure: unknown): void =>
    host.send(pageFailed, { message: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure) });
  window.addEventListener('error', (event) => report(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => report(event.reason));
  const kind: PanelKind = document.body.dataset.panel === 'results' ? 'results' : 'diagram';
  const root = document.createElement('div');
  document.body.append(root);
  const panel =
    kind === 'results'
      ? new ResultsPanel(host, root)
      : new DiagramPanel(host, root, canvasMeasure(document.body), startLayoutWorker());
  host.on(showModel, (model) => panel.receive({ model }));
  host.on(showTwin, (twin) => panel.receive({ twin }));
  host.on(showResult, (result) => panel.receive({ result }));
  host.on(showExperiments, (experiments) => panel.receive({ experiments }));
  host.on(showProgress, ({ progress }) => panel.receive({ progress }));
  host.on(showRun, ({ run }) => panel.receive({ run }));
  host.on(showActive, ({ elements }) => panel.receive({ active: elements }));
  host.on(select, ({ element }) => panel.receive({ selected: element }));
  window.polluxDraw = () => panel.drawNow();
  window.polluxAudit = () => {
    const svg = document.querySelector<SVGSVGElement>('.canvas > svg');
    return [...(svg === null ? [] : auditPage(svg)), ...cutTexts(root)];
  };
  host.start();
  host.send(ready, { panel: kind });
}

start();
