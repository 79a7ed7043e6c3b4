import { Bindings, normalise, type Occurrence, type Span } from '@pollux/engine/observation';
import { modelOf } from '@pollux/language-server/language';
import { describe, expect, it } from 'vitest';
import { client, internal, server, spansOf } from './span-builder.ts';

const text = `
component Web { operation checkout() takes 1 ms }
component Orders { operation create() takes 1 ms  operation cancel() takes 1 ms }
component Bank external { operation charge() delays 1 ms }
deployment D { node n { cores 1  deploy Web  deploy Orders } }
interaction Checkout() {
  actor customer
  lifeline web: Web, orders: Orders, bank: Bank
  customer -> web.checkout() { web -> orders.create() { orders -> bank.charge() } }
}
twin Live of D {
  lateness 1 s
  Web.checkout = span "POST /checkout"
  Bank.charge = span "charge"
  Checkout = trace containing span "POST /checkout"
}
`;

let loaded: Promise<Bindings> | undefined;

function bindings(): Promise<Bindings> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Bindings> {
  const { model, problems } = await modelOf(text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const twin = model?.twins[0];
  if (model === null || twin === undefined) throw new Error('the test model has no twin');
  return new Bindings(model, twin);
}

/** `checkout(create(charge))` */
function drawn(occurrences: readonly Occurrence[]): string {
  return occurrences
    .map(({ operation, children }) => {
      const name = operation.slice(operation.lastIndexOf('.') + 1);
      return children.length === 0 ? name : `${name}(${drawn(children)})`;
    })
    .join(' ');
}

async function tree(spans: readonly Span[]): Promise<string> {
  return drawn(normalise('t', spans, await bindings()).roots);
}

describe('spans become message occurrences', () => {
  it('relates an execution to its nearest modelled ancestor', async () => {
    const spans = spansOf(
      't',
      server(
        'web',
        'POST /checkout',
        internal(
          'web',
          'middleware',
          client('web', server('orders', 'create', client('orders', server('bank', 'charge')))),
        ),
      ),
    );
    expect(await tree(spans)).toBe('checkout(create(charge))');
  });

  it('needs no kinds of spans', async () => {
    const spans = spansOf('t', server('web', 'POST /checkout', client('web', server('orders', 'create'))));
    expect(await tree(spans.map((span) => ({ ...span, spanKind: 'server' })))).toBe('checkout(create)');
  });

  it('takes an inner span of the same operation for the same execution, and keeps what it calls', async () => {
    const spans = spansOf(
      't',
      server('orders', 'create', internal('orders', 'create', client('orders', server('bank', 'charge')))),
    );
    expect(await tree(spans)).toBe('create(charge)');
  });

  it('takes a call of the same operation through a client for an execution of its own', async () => {
    const spans = spansOf('t', server('orders', 'create', client('orders', server('orders', 'create'))));
    expect(await tree(spans)).toBe('create(create)');
  });

  it('sees an external component that reports nothing through its callers', async () => {
    const call = { service: 'orders', name: 'charge', kind: 'client' } as const;
    expect(await tree(spansOf('t', server('orders', 'create', call)))).toBe('create(charge)');
  });

  it('sees a call once where both sides carry the operation', async () => {
    const call = { service: 'orders', name: 'charge', kind: 'client', children: [server('bank', 'charge')] } as const;
    expect(await tree(spansOf('t', server('orders', 'create', call)))).toBe('create(charge)');
  });

  it('orders siblings by the time at which the caller began the calls', async () => {
    const early = { ...client('web', { ...server('orders', 'cancel'), after: 40 }), after: 1, asynchronous: true };
    const late = { ...client('web', { ...server('orders', 'create'), after: 1 }), after: 5 };
    expect(await tree(spansOf('t', server('web', 'POST /checkout', late, early)))).toBe('checkout(cancel create)');
  });

  it('never relates by containment in time', async () => {
    const spans = spansOf('t', server('web', 'POST /checkout', server('orders', 'create', server('bank', 'charge'))));
    const [checkout, create, charge] = spans as [Span, Span, Span];
    expect(await tree([checkout, create, { ...charge, parentSpanId: checkout.spanId }])).toBe(
      'checkout(create charge)',
    );
  });

  it('follows a link where a span has no parent', async () => {
    const spans = spansOf('t', server('web', 'POST /checkout'));
    const linked = spansOf('t2', { ...server('orders', 'create'), links: [{ traceId: 't', spanId: 't-0' }] });
    expect(await tree([...spans, ...linked])).toBe('checkout(create)');
  });

  it('measures a call as its caller saw it', async () => {
    const spans = spansOf('t', server('web', 'POST /checkout', client('web', server('orders', 'create'))));
    const [checkout] = normalise('t', spans, await bindings()).roots;
    const create = checkout?.children[0];
    expect(create?.start).toBe(spans[1]?.start);
    expect(create?.end).toBe(spans[1]?.end);
    expect(create?.span).toBe(spans[2]);
  });

  it('knows an error on either side of a call', async () => {
    const failing = { ...client('web', server('orders', 'create')), status: 'error' } as const;
    const [checkout] = normalise('t', spansOf('t', server('web', 'POST /checkout', failing)), await bindings()).roots;
    expect(checkout?.children.map(({ failed }) => failed)).toEqual([true]);
    expect(checkout?.failed).toBe(false);
  });

  it('marks calls that began at the same instant as tied', async () => {
    const same = [
      { ...server('orders', 'create'), after: 1 },
      { ...server('orders', 'cancel'), after: 1 },
    ];
    const [checkout] = normalise('t', spansOf('t', server('web', 'POST /checkout', ...same)), await bindings()).roots;
    expect(checkout?.children.map(({ tied }) => tied)).toEqual([true, true]);
  });

  it('counts requests that the model knows no operation for, but not internal work', async () => {
    const spans = spansOf(
      't',
      server('web', 'POST /checkout', internal('web', 'sql'), client('web', server('mail', 'send'))),
    );
    expect(normalise('t', spans, await bindings()).unmodelled).toBe(1);
  });

  it('says that a trace is cut where a parent or the root is missing', async () => {
    const spans = spansOf('t', server('web', 'POST /checkout', client('web', server('orders', 'create'))));
    const cut = async (kept: readonly Span[]) => normalise('t', kept, await bindings()).cut;
    expect(await cut(spans)).toBeUndefined();
    expect(await cut(spans.slice(1))).toBe('parent-missing');
    expect(await cut(spans.filter((_, index) => index !== 1))).toBe('parent-missing');
  });

  it('gives up on a recursion without end', async () => {
    const [span] = spansOf('t', server('web', 'POST /checkout'));
    if (span === undefined) throw new Error('a trace has a span');
    const chain = Array.from({ length: 5000 }, (_, i) => ({
      ...span,
      spanId: `s${i}`,
      parentSpanId: i === 0 ? '' : `s${i - 1}`,
      ...(i % 2 === 0 ? {} : { service: 'orders', name: 'create' }),
    }));
    expect(normalise('t', chain, await bindings())).toMatchObject({ cut: 'too-deep', roots: [] });
  });

  it('survives spans that are their own ancestors', async () => {
    const [a, b] = spansOf('t', server('web', 'POST /checkout', server('orders', 'create'))) as [Span, Span];
    const trace = normalise('t', [{ ...a, parentSpanId: b.spanId }, b], await bindings());
    expect(trace.cut).toBe('root-missing');
    expect(trace.roots).toEqual([]);
  });
});
