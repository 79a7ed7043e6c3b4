import { describe, expect, it } from 'vitest';
import { diagramContent, diagramShowing, diagramsOf } from '../src/diagram/catalogue.ts';
import { allNodes, type CubeNode, type DiagramGraph, type GraphNode, type StateNode } from '../src/diagram/graph.ts';
import { fixedWidth } from '../src/diagram/text.ts';
import { modelFrom, shopModel } from './page/fixtures.ts';

async function graphOf(diagram: string): Promise<DiagramGraph> {
  return diagramContent(await shopModel(), diagram, fixedWidth) as DiagramGraph;
}

const node = (graph: DiagramGraph, id: string): GraphNode | undefined =>
  [...allNodes(graph.nodes)].find((each) => each.id === id);

describe('a state machine becomes a graph', () => {
  it('of its vertices in the order of the text, composite states with what is inside them', async () => {
    const graph = await graphOf('shop.Order');
    expect([...allNodes(graph.nodes)].map((each) => each.shape)).toContain('choice');
    const fulfilment = node(graph, 'shop.Order.Fulfilment') as StateNode;
    expect(fulfilment.children.map((child) => child.id)).toEqual([
      'shop.Order.Fulfilment.Review',
      'shop.Order.Fulfilment.Packing',
      'shop.Order.Fulfilment.Shipping',
    ]);
  });

  it('with an edge for every transition that has a target', async () => {
    const model = await shopModel();
    const graph = await graphOf('shop.Order');
    expect(graph.edges).toHaveLength(12);
    expect(graph.edges.map((edge) => edge.element)).toContain('shop.Order.Fulfilment.Shipping/on(Delivered)->Closed');
    expect(diagramsOf(model).map((entry) => entry.name)).toEqual([
      'Order',
      'Checkout',
      'Browse',
      'CancelOrder',
      'Production',
    ]);
  });

  it('with behaviours and internal transitions in the compartment, each an element of its own', async () => {
    const model = await modelFrom(`package p
signal Pay(ok: Boolean)
machine M { var n: Integer = 0  initial -> A
  state A { entry / n = 0   do takes exp(2 s)   exit(ok: Boolean, why: String) / n = 1
    on Pay(ok) [not ok] / n += 1
    on Pay(ok) [ok] -> B }
  final B }`);
    const graph = diagramContent(model, 'p.M', fixedWidth) as DiagramGraph;
    const lines = (node(graph, 'p.M.A') as StateNode).lines;
    expect(lines.map((line) => line.text)).toEqual([
      'entry / n = 0',
      'do / exp(2 s)',
      'exit(ok, why) / n = 1',
      'Pay(ok) [not ok] / n += 1',
    ]);
    expect(new Set(lines.slice(0, 3).map((line) => line.element))).toEqual(new Set(['p.M.A']));
    expect(lines[3]?.element).not.toBe('p.M.A');
  });
});

describe('a deployment becomes a graph', () => {
  it('of cubes with replicas, and of externals joined to the nodes that call them', async () => {
    const graph = await graphOf('shop.Production');
    const app = node(graph, 'shop.Production.app') as CubeNode;
    expect(app.name).toBe('app × 2');
    expect((node(graph, 'shop.Production.edge') as CubeNode).components.map((each) => each.text)).toEqual([
      'WebShop × 2',
    ]);
    expect(node(graph, 'shop.Bank')?.shape).toBe('external');
    const toBank = graph.edges.filter((edge) => edge.target === 'shop.Bank');
    expect(toBank.map((edge) => edge.source)).toEqual(['shop.Production.app']);
    expect(graph.edges[0]?.label.lines).toEqual(['1 ms']);
  });
});

describe('an element is looked for on the diagram that shows it', () => {
  it.each([
    ['shop.Order.Fulfilment.Packing', 'shop.Order'],
    ['shop.Checkout.bank', 'shop.Checkout'],
    ['shop.Browse/customer->web.browse/web->stock.find', 'shop.Browse'],
    ['shop.Production/edge--app', 'shop.Production'],
    ['shop.Orders', 'shop.Production'],
    ['shop.Weekday', null],
  ])('%s → %s', async (element, diagram) => {
    expect(diagramShowing(await shopModel(), element)).toBe(diagram);
  });
});
