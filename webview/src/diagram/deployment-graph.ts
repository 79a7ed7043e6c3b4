/** A deployment as a graph: nodes as cubes, links as communication paths, what is external as boxes; UML 2.5.1 clause 19. */
import {
  type Component,
  type Deployment,
  type ElementId,
  indexElements,
  type Model,
  type Node,
} from '@pollux/engine/model';
import { callsOf } from './calls.ts';
import type { CubeNode, DiagramGraph, ExternalNode, GraphEdge } from './graph.ts';
import { drawnCores, metrics } from './metrics.ts';
import { type NameOf, namesOf } from './names.ts';
import { printDuration } from './print-quantity.ts';
import { type MeasureText, quantised } from './text.ts';

/** Room at the right of a component's line: a rate, and a latency or a bar with its share. */
const componentFigures = { rate: 64, latency: 68 } as const;
/** Below the components, where there are cores to wait for. */
const queueLine = 12;
const widestShare = '100 %';
const widestRate = '8 888/min';

export function deploymentGraph(deployment: Deployment, model: Model, measure: MeasureText): DiagramGraph {
  const nameOf = namesOf(model);
  const index = indexElements(model);
  const cubes = deployment.nodes.map((node) => cube(node, nameOf, measure));
  const externals: ExternalNode[] = [];
  const edges: GraphEdge[] = deployment.links.map((link) => ({
    id: link.id,
    element: link.id,
    source: link.ends[0],
    target: link.ends[1],
    label: pathLabel([printDuration(link.latency)], measure),
  }));
  for (const [component, callers] of externalCallers(deployment, model)) {
    const declared = index.get(component);
    if (declared === undefined) continue;
    externals.push(external(declared as Component, measure));
    for (const node of callers) {
      edges.push({
        id: `${node}--${component}`,
        element: component,
        source: node,
        target: component,
        label: pathLabel([], measure),
      });
    }
  }
  const { id, name } = deployment;
  return { element: id, kind: 'deployment', name, direction: 'RIGHT', nodes: [...cubes, ...externals], edges };
}

function cube(node: Node, nameOf: NameOf, measure: MeasureText): CubeNode {
  const { depth, header, line, icon, core } = metrics.cube;
  const name = node.count > 1 ? `${node.name} × ${node.count}` : node.name;
  const components = node.deploys.map((deployed) => {
    const component = nameOf(deployed.component);
    const text = deployed.replicas > 1 ? `${component} × ${deployed.replicas}` : component;
    return { element: deployed.id, component: deployed.component, text };
  });
  const cores = node.cores ?? null;
  const cells = cores === null ? 0 : Math.min(cores, drawnCores) * (core.width + core.gap);
  const figures = componentFigures.rate + componentFigures.latency;
  const headWidth = measure(name, 'name') + 20 + cells + 16 + measure(widestShare, 'counter');
  const lineWidths = components.map((each) => icon.width + 8 + measure(each.text, 'component') + 12 + figures);
  const width = quantised(Math.max(120, headWidth, ...lineWidths) + 2 * metrics.padding) + depth;
  const height = depth + header + components.length * line + 14 + (cores === null ? 0 : queueLine);
  return { id: node.id, element: node.id, shape: 'cube', name, cores, components, size: { width, height } };
}

function external(component: Component, measure: MeasureText): ExternalNode {
  const head = measure('«external»', 'figure') + 8 + measure(component.name, 'name') + 24;
  const width = quantised(Math.max(head, componentFigures.rate + componentFigures.latency + 40) + 2 * metrics.padding);
  return {
    id: component.id,
    element: component.id,
    shape: 'external',
    name: component.name,
    size: { width, height: 54 },
  };
}

function pathLabel(lines: readonly string[], measure: MeasureText): GraphEdge['label'] {
  const widths = [...lines.map((line) => measure(line, 'label')), measure(widestRate, 'figure')];
  return { lines, width: quantised(Math.max(...widths)), height: (lines.length + 1) * 14 };
}

/** External components with the nodes that call them, as the interactions say. */
function externalCallers(deployment: Deployment, model: Model): ReadonlyMap<ElementId, readonly ElementId[]> {
  const found = new Map<ElementId, ElementId[]>();
  const external = new Set(model.components.filter((component) => component.external).map((component) => component.id));
  for (const call of callsOf(model)) {
    if (!external.has(call.to)) continue;
    const nodes = found.get(call.to) ?? [];
    found.set(call.to, nodes);
    for (const node of nodesOf(deployment, call.from)) if (!nodes.includes(node)) nodes.push(node);
  }
  return found;
}

/** The nodes on which replicas of the component run. */
function nodesOf(deployment: Deployment, component: ElementId): readonly ElementId[] {
  return deployment.nodes
    .filter((node) => node.deploys.some((deployed) => deployed.component === component))
    .map((node) => node.id);
}
