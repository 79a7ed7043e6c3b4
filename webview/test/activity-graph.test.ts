import { LiveRun, simulate } from '@pollux/engine/simulation';
import { describe, expect, it } from 'vitest';
import { diagramContent, diagramShowing, diagramsOf } from '../src/diagram/catalogue.ts';
import { allNodes, type DiagramGraph, type StateNode } from '../src/diagram/graph.ts';
import { placeDiagram } from '../src/diagram/placed-diagram.ts';
import { fixedWidth } from '../src/diagram/text.ts';
import { simulatedOverlay } from '../src/render/overlay.ts';
import { runOverlay } from '../src/render/run-overlay.ts';
import { notationScene, overlayScene } from '../src/render/scene.ts';
import { auditScenes } from './audit-scene.ts';
import { nodeLayout } from './node-layout.ts';
import { modelFrom, sampleModel } from './page/fixtures.ts';

const text = `package p
signal Ready(ok: Boolean)
signal Gone
resource clerk * 2
resource room
activity Case(heavy: Boolean) {
  partition desk, back
  initial -> read
  action read in desk takes exp(4 min) using clerk priority 2 patience 10 min -> left -> weigh
  decision weigh { [heavy] -> work   else -> note }
  structured work in back using room, clerk * 2 {
    initial -> lift
    action lift takes uniform(5 min, 9 min) -> lifted
    flow final lifted
  } -> both
  fork both -> note, archive
  send note: Ready(ok: true) to self delayed 2 min -> calm
  interruptible waiting {
    buffer calm: Boolean -> answer
    accept answer: Ready(ok) [ok] -> archive
    on Gone -> left
  }
  action archive delays 1 min -> end
  final end, left
}
scenario S { load Case(heavy: chance(40 %)) at 12/h  run 12 h  warmup 1 h  replications 4  seed 2  expect utilization(clerk) < 50 % }`;

const parts = async () => {
  const model = await modelFrom(text);
  return { model, graph: diagramContent(model, 'p.Case', fixedWidth) as DiagramGraph };
};

describe('an activity becomes a graph', () => {
  it('of its actions with what they take and hold, of control nodes, and of a table of its resources', async () => {
    const { model, graph } = await parts();
    expect(diagramsOf(model).map(({ kind, name }) => `${kind} ${name}`)).toEqual(['activity Case']);
    const nodes = [...allNodes(graph.nodes)];
    const linesOf = (id: string) => (nodes.find((node) => node.id === id) as StateNode).lines.map((line) => line.text);
    expect(linesOf('p.Case.read')).toEqual(['(desk)', 'takes exp(4 min)', 'using clerk priority 2', '']);
    expect(linesOf('p.Case.work')).toEqual(['(back)', 'using room, clerk * 2', '']);
    expect(linesOf('p.Case.note')).toEqual(['Ready delayed 2 min', '']);
    expect(linesOf('p.Case.answer')).toEqual(['Ready(ok) [ok]', '']);
    expect(nodes.flatMap((node) => (node.shape === 'state' ? `${node.form} ${node.name}` : []))).toEqual([
      'action read',
      'structured work',
      'action lift',
      'send note',
      'interruptible waiting',
      'buffer calm',
      'accept answer',
      'action archive',
    ]);
    const table = nodes.find((node) => node.shape === 'resources');
    expect(table?.shape === 'resources' ? table.rows.map((row) => row.text) : []).toEqual(['clerk × 2', 'room × 1']);
  });

  it('with a line for each flow, for who loses patience, and for what interrupts', async () => {
    const { graph } = await parts();
    const label = (target: string) =>
      graph.edges.filter((edge) => edge.target === `p.Case.${target}`).map((edge) => edge.label.lines.join(' '));
    expect(label('left')).toEqual(['patience 10 min', 'Gone']);
    expect(label('work')).toEqual(['[heavy]']);
    expect(label('note')).toEqual(['[else]', '']);
  });

  it('that shows each of its parts, and the resources that it holds', async () => {
    const { model } = await parts();
    for (const id of ['p.Case', 'p.Case.read', 'p.Case.lift', 'p.Case.answer', 'p.clerk'])
      expect(diagramShowing(model, id), id).toBe('p.Case');
    expect(diagramShowing(model, 'p.Ready')).toBeNull();
  });
});

describe('the picture of an activity', () => {
  it('has the figures of a run and of a moment, and no text meets another', async () => {
    const { model, graph } = await parts();
    const laidOut = placeDiagram(graph, await nodeLayout().place(graph));
    const notation = notationScene(laidOut, fixedWidth);
    expect(auditScenes([notation])).toEqual([]);
    const live = new LiveRun(model, 'p.S');
    live.advance(6 * 3600e6);
    const state = { frame: live.frame(), inputs: [] } as never;
    for (const overlay of [simulatedOverlay(model, simulate(model, 'p.S')), runOverlay(model, 'p.S', state)]) {
      const over = overlayScene(laidOut, overlay, fixedWidth);
      expect(auditScenes([notation, over])).toEqual([]);
      const figures = (element: string): string =>
        over.groups
          .filter((group) => group.element === element)
          .flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' ? mark.text : [])))
          .join(' | ');
      expect(figures('p.Case.read')).toMatch(/\d.* \| p95 [\d.]+ min/);
      expect(figures('p.Case')).toMatch(/[\d.]+ %.* in line/);
    }
  });

  it.each(['hospital/hospital', 'warehouse/warehouse'])(
    'of each activity of %s meets nothing either',
    async (sample) => {
      const model = await sampleModel(`${sample}.twin`);
      expect(model.activities.length).toBeGreaterThan(0);
      for (const { id } of model.activities) {
        const graph = diagramContent(model, id, fixedWidth) as DiagramGraph;
        const laidOut = placeDiagram(graph, await nodeLayout().place(graph));
        expect(auditScenes([notationScene(laidOut, fixedWidth)]), id).toEqual([]);
      }
    },
  );
});
