/**
 * A run as one file that needs nothing else: diagrams, charts, tables, comparison. No script, no request; light or dark as the reader's
 * system is. The same drawing and the same tables as in the panels. Knows nothing of files and editors.
 */
import type { ElementId, Model, Scenario } from '@pollux/engine/model';
import { formatAge } from '@pollux/engine/numeric';
import { html, type TemplateResult } from 'lit';
import { diagramContent, diagramsOf } from '../diagram/catalogue.ts';
import { Layout, type LayoutEngine } from '../diagram/layout.ts';
import { placeDiagram } from '../diagram/placed-diagram.ts';
import { fixedWidth } from '../diagram/text.ts';
import { type ResultFacts, resultsBody } from '../panels/results-body.ts';
import { verdictStrip } from '../panels/verdict-strip.ts';
import { type Overlay, simulatedOverlay } from '../render/overlay.ts';
import { notationScene, overlayScene } from '../render/scene.ts';
import { reportStyles } from './report-styles.ts';
import { escaped, staticHtml } from './static-html.ts';
import { staticSvg } from './static-svg.ts';

interface ReportParts extends ResultFacts {
  readonly model: Model;
  /** The page's style with its imports put in. */
  readonly css: string;
  /** The engine that lays graphs out. */
  readonly layout: LayoutEngine;
}

/** Nothing but what stands in the file. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/** What a report is drawn for. */
const width = 1148;
/** Diagrams of behaviours beyond these would make it long, not clearer. */
const most = 6;

export async function reportHtml(parts: ReportParts): Promise<string> {
  const { run, model } = parts;
  const scenario = model.scenarios.find(({ id }) => id === run.scenario);
  const name = scenario?.name ?? run.scenario;
  const file = decodeURIComponent(run.model.slice(run.model.lastIndexOf('/') + 1));
  const link = (_: ElementId, text: string | TemplateResult) => html`<span>${text}</span>`;
  const body = staticHtml(resultsBody(parts, { link, at_s: null, seek: null, width }));
  const summary = `${run.replications} ${run.replications === 1 ? 'replication' : 'replications'}, ${formatAge(run.simulated_s)} simulated, seed ${run.seed}, ${file}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name)}, ${escaped(file)}</title>
<style>${reportStyles(parts.css)}</style>
</head>
<body>
<header class="report-head"><h1>${escaped(name)}</h1><p>${escaped(summary)}</p></header>
${staticHtml(verdictStrip(run.expectations, false))}
<main class="results">
${await pictures(parts, scenario)}
${body}
</main>
</body>
</html>
`;
}

async function pictures({ model, run, answers, layout }: ReportParts, scenario: Scenario | undefined): Promise<string> {
  const overlay = simulatedOverlay(model, run, answers);
  const engine = new Layout(layout);
  const drawn: string[] = [];
  for (const element of shownDiagrams(model, scenario)) drawn.push(await picture(model, element, overlay, engine));
  const shown = drawn.filter((each) => each !== '');
  return shown.length === 0 ? '' : `<section class="pictures"><h2>Where it happens</h2>${shown.join('')}</section>`;
}

/** The deployment, the behaviours that were loaded, the machines that take part in them. */
function shownDiagrams(model: Model, scenario: Scenario | undefined): readonly ElementId[] {
  const loaded = new Set(scenario?.loads.map(({ behaviour }) => behaviour));
  const interactions = model.interactions.filter(({ id }) => loaded.has(id));
  const lifelines = interactions.flatMap((interaction) => interaction.lifelines);
  const parts = lifelines.flatMap(({ represents }) => (represents.kind === 'machine' ? [represents.machine] : []));
  const wanted = [scenario?.deployment, ...loaded, ...parts];
  const known = new Set(diagramsOf(model).map(({ element }) => element));
  return [...new Set(wanted)].filter((each): each is ElementId => each !== undefined && known.has(each)).slice(0, most);
}

async function picture(model: Model, element: ElementId, overlay: Overlay, engine: Layout): Promise<string> {
  const content = diagramContent(model, element, fixedWidth, width);
  if (content === null) return '';
  const laidOut = 'lifelines' in content ? content : placeDiagram(content, await engine.place(content));
  const scenes = [notationScene(laidOut, fixedWidth), overlayScene(laidOut, overlay, fixedWidth, width)];
  const name = diagramsOf(model).find((each) => each.element === element)?.name ?? element;
  const label = `${laidOut.kind} ${name}`;
  return `<figure><figcaption>${escaped(label)}</figcaption><div class="scroll">${staticSvg(scenes, label)}</div></figure>`;
}
