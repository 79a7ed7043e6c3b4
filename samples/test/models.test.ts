import { describe, expect, it } from 'vitest';
import { sampleModel } from './sample-model.ts';

describe.each(['shop/shop.twin', 'train-ticket/train-ticket.twin'])('%s', (path) => {
  it('has no errors, and no warnings but that of its Black Friday', async () => {
    const { problems } = await sampleModel(path);
    const serious = problems.filter(({ severity }) => severity !== 'information').map(({ code }) => code);
    expect(serious).toEqual(path === 'shop/shop.twin' ? ['overloaded'] : []);
  });

  it('binds every operation that its interactions call', async () => {
    const { model } = await sampleModel(path);
    const called = new Set(model.interactions.flatMap(({ body }) => signaturesIn(body)));
    const operations = model.components.flatMap((component) => component.operations.map(({ id }) => id));
    const bound = new Set(
      model.twins[0]?.bindings.flatMap((binding) => (binding.kind === 'span' ? [binding.operation] : [])),
    );
    expect(operations.filter((id) => called.has(id) && !bound.has(id))).toEqual([]);
    expect(operations.filter((id) => !called.has(id))).toEqual([]);
  });

  it('deploys every component that is not outside', async () => {
    const { model } = await sampleModel(path);
    const deployed = new Set(model.deployments[0]?.nodes.flatMap((node) => node.deploys.map((d) => d.component)));
    expect(model.components.filter(({ id, external }) => !external && !deployed.has(id))).toEqual([]);
  });
});

type Fragments = Awaited<ReturnType<typeof sampleModel>>['model']['interactions'][number]['body'];

function signaturesIn(fragments: Fragments): string[] {
  return fragments.flatMap((fragment) => {
    if (fragment.kind === 'message') return [fragment.signature, ...signaturesIn(fragment.execution)];
    return 'operands' in fragment ? fragment.operands.flatMap(({ body }) => signaturesIn(body)) : [];
  });
}
