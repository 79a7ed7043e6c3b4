import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { describe, expect, it } from 'vitest';
import { diagramContent } from '../src/diagram/catalogue.ts';
import { allNodes, type DiagramGraph } from '../src/diagram/graph.ts';
import { Layout } from '../src/diagram/layout.ts';
import { placeDiagram } from '../src/diagram/placed-diagram.ts';
import { fixedWidth } from '../src/diagram/text.ts';
import { liveOverlay, simulatedOverlay } from '../src/render/overlay.ts';
import { notationScene, overlayScene } from '../src/render/scene.ts';
import { auditScenes } from './audit-scene.ts';
import { nodeLayout } from './node-layout.ts';
import { modelFrom, shopModel, shopRun, shopTwin } from './page/fixtures.ts';

const rooms = [
  { width: 1080, height: 720 },
  { width: 560, height: 600 },
] as const;

const machine = (names: string): string => {
  const [first, second] = names.split(' ');
  return `package p
signal Go
machine M { initial -> ${first}
  state ${first} { on Go -> ${second} }
  state ${second} { after 1 s -> Done }
  final Done }`;
};

async function graphOf(text: string): Promise<DiagramGraph> {
  return diagramContent(await modelFrom(text), 'p.M', fixedWidth) as DiagramGraph;
}

describe('a layout', () => {
  it('is not asked for again while topology and quantised sizes are the same', async () => {
    const layout = nodeLayout();
    const before = await layout.place(await graphOf(machine('Alpha Beta')));
    const after = await layout.place(await graphOf(machine('Gamma Beta')));
    expect(layout.runs).toBe(1);
    expect(after.nodes['p.M.Gamma']).toEqual(before.nodes['p.M.Alpha']);
  });

  it('is asked for again when a transition is added', async () => {
    const layout = nodeLayout();
    await layout.place(await graphOf(machine('Alpha Beta')));
    await layout.place(
      await graphOf(machine('Alpha Beta').replace('on Go -> Beta', 'on Go -> Beta  after 5 s -> Done')),
    );
    expect(layout.runs).toBe(2);
  });

  it('that fails is not remembered', async () => {
    let fails = true;
    const working = nodeLayout();
    const graph = await graphOf(machine('Alpha Beta'));
    const layout = new Layout({
      layout: async (elk: ElkNode) => {
        if (fails) throw new Error('engine failed');
        return { ...elk, width: 1, height: 1 };
      },
    });
    await expect(layout.place(graph)).rejects.toThrow('engine failed');
    fails = false;
    await expect(layout.place(graph)).resolves.toMatchObject({ width: 1 });
    expect(working.runs).toBe(0);
  });

  it('takes the first picture where the engine cannot make the other', async () => {
    const graph = await graphOf(machine('Alpha Beta'));
    let calls = 0;
    const layout = new Layout({
      layout: async (elk: ElkNode) => {
        calls += 1;
        if (calls === 2) throw new Error('cannot wrap');
        return { ...elk, width: 300, height: 5000 };
      },
    });
    expect((await layout.place(graph)).height).toBe(5000);
  });

  it('is turned or wrapped where more of it fits into the room', async () => {
    const layout = nodeLayout();
    const graph = diagramContent(await shopModel(), 'shop.Production', fixedWidth) as DiagramGraph;
    const wide = await layout.place(graph, { width: 2000, height: 700 });
    const narrow = await layout.place(graph, { width: 600, height: 700 });
    expect(wide.width).toBeGreaterThan(wide.height);
    expect(narrow.width).toBeLessThanOrEqual(600);
  });
});

describe.each(['shop.Order', 'shop.Checkout', 'shop.Browse', 'shop.CancelOrder', 'shop.Production'])(
  '%s',
  (diagram) => {
    it.each(rooms)('has no text that meets a stroke or a text, in a room of $width × $height', async (room) => {
      const model = await shopModel();
      const content = diagramContent(model, diagram, fixedWidth, room.width);
      if (content === null) throw new Error(`no diagram ${diagram}`);
      const laidOut = 'lifelines' in content ? content : placeDiagram(content, await nodeLayout().place(content, room));
      const notation = notationScene(laidOut, fixedWidth);
      expect(auditScenes([notation])).toEqual([]);
      for (const overlay of [liveOverlay(model, shopTwin(), false), simulatedOverlay(model, shopRun())]) {
        expect(auditScenes([notation, overlayScene(laidOut, overlay, fixedWidth, room.width)])).toEqual([]);
      }
    });
  },
);

describe('nested machines', () => {
  it('begin at their initial state, whatever leads back', async () => {
    const model = await modelFrom(`package p
signal Go
machine M { initial -> A
  state A { on Go -> B }
  state B { state C { on Go -> D } state D { on Go -> A } on Go -> E }
  state E { after 1 s -> A  on Go -> B } }`);
    const graph = diagramContent(model, 'p.M', fixedWidth) as DiagramGraph;
    const { nodes } = await nodeLayout().place(graph, { width: 2000, height: 2000 });
    const tops = ['p.M/initial', 'p.M.A', 'p.M.B', 'p.M.E'].map((id) => nodes[id]?.y ?? Number.NaN);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  });

  it('with orthogonal regions are laid out side by side, parted by a dashed border', async () => {
    const model = await modelFrom(`package p
signal Go
machine M { initial -> Work
  state Work {
    region left { initial -> A  state A { on Go -> B } state B }
    region right { initial -> C  state C { after 2 s -> D } state D }
    on Go -> Done
  }
  final Done }`);
    const graph = diagramContent(model, 'p.M', fixedWidth) as DiagramGraph;
    const placed = placeDiagram(graph, await nodeLayout().place(graph));
    const scene = notationScene(placed, fixedWidth);
    const borders = scene.groups.flatMap((group) => group.marks).filter((mark) => mark.look === 'region');
    expect(borders).toHaveLength(1);
    expect(auditScenes([scene])).toEqual([]);
  });
});

describe('every vertex has its notation', () => {
  const everything = `package p
signal Go
signal Stop
machine Payment { entry point fast -> Charging  exit point failed
  initial -> Charging
  state Charging { on Go -> Done  on Stop -> failed }
  final Done }
machine M { initial -> Split
  fork Split -> Work.left.A, Work.right.C
  state Work {
    region left { history  state A { on Go -> B  defer Stop } state B { on Go -> meet } }
    region right { deep history  state C { after 2 s -> meet } }
    on Stop -> gone
  }
  join meet -> Pay.fast
  state Pay : Payment { exit failed -> gone  completion -> Check }
  junction Check { [1 > 2] -> Work  else -> Over }
  terminate gone
  final Over }`;

  it('and no text meets a stroke or a text', async () => {
    const model = await modelFrom(everything);
    for (const diagram of ['p.M', 'p.Payment']) {
      const graph = diagramContent(model, diagram, fixedWidth) as DiagramGraph;
      const scene = notationScene(placeDiagram(graph, await nodeLayout().place(graph)), fixedWidth);
      expect(auditScenes([scene])).toEqual([]);
      for (const node of allNodes(graph.nodes)) expect(scene.groups.map(({ key }) => key)).toContain(node.id);
    }
  });

  it('submachines with their exits, deferral in the compartment', async () => {
    const graph = diagramContent(await modelFrom(everything), 'p.M', fixedWidth) as DiagramGraph;
    const named = [...allNodes(graph.nodes)].flatMap((node) => ('name' in node ? [node.name] : []));
    expect(named).toContain('Pay : Payment');
    const labels = graph.edges.map(({ label }) => label.lines.join(' '));
    expect(labels).toContain('exit failed');
    expect(labels).toContain('into fast');
    const state = [...allNodes(graph.nodes)].find(({ id }) => id.endsWith('.left.A'));
    expect(state?.shape === 'state' ? state.lines.map(({ text }) => text) : []).toEqual(['Stop / defer']);
  });
});
