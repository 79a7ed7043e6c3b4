/** What is proposed where: each row is a text up to the cursor, what has to be there and what must not. */
import { EmptyFileSystem, URI } from 'langium';
import { describe, expect, test } from 'vitest';
import { createTwinLspServices } from '../../src/lsp/services.ts';

const head = `
enum Kind { small, large }
/** What is sent. */
data Parcel { id: String, kind: Kind, items: Item[1..*], note: String[0..1] }
data Item { sku: String, price: Real }
signal Ready(parcel: Parcel)
signal Gone
resource packer * 3
machine Order(parcel: Parcel) {
  var tries: Integer = 0
  initial -> Open
  state Open { on Ready(what) [tries > 1] -> Packed.inner.history  on Gone -> Closed }
  state Packed { region inner { initial -> Wrapped  state Wrapped { on Gone -> Closed }  history -> Wrapped } }
  final Closed
}
component Till external { operation pay() delays 1 ms }
component Shop { operation buy(parcel: Parcel): Boolean takes 2 ms  requires Till { breaker 50 % of 20 for 10 s }  version "2" { operation buy takes 1 ms } }
component Bus broker { topic sold(id: String) partitions 3 }
interaction Buy(parcel: Parcel) {
  actor someone
  lifeline shop: Shop, order: Order(parcel: parcel)
  someone -> shop.buy(parcel)
}
activity Pack(parcel: Parcel) {
  partition hall
  initial -> wrap
  action wrap in hall takes 2 min using packer -> done
  final done
}
deployment Prod { zone eu { node app { cores 2  deploy Shop } } }
`;

interface Row {
  readonly what: string;
  /** What follows the declarations; `|` is the cursor. */
  readonly text: string;
  readonly wanted: readonly string[];
  readonly unwanted?: readonly string[];
}

const rows: readonly Row[] = [
  {
    what: 'attributes behind a value',
    text: 'machine M(p: Parcel) { initial -> S state S { when (p.|',
    wanted: ['id', 'kind', 'items', 'note'],
    unwanted: ['Open', 'sku'],
  },
  {
    what: 'what a list offers',
    text: 'machine M(p: Parcel) { initial -> S state S { when (p.items.|',
    wanted: ['size', 'contains', 'at'],
    unwanted: ['sku', 'id'],
  },
  {
    what: 'attributes of one value of a list',
    text: 'machine M(p: Parcel) { initial -> S state S { when (p.items.at(0).|',
    wanted: ['sku', 'price'],
    unwanted: ['size'],
  },
  {
    what: 'vertices as targets, with regions on the way',
    text: 'machine M { initial -> A state A { after 1 s -> |',
    wanted: ['A'],
    unwanted: ['Open', 'M', 'Shop'],
  },
  {
    what: 'the history of a region',
    text: 'machine M { initial -> A state A { region r { initial -> B  state B  history } after 1 s -> r.|',
    wanted: ['B', 'history'],
  },
  {
    what: 'signals of a trigger',
    text: 'machine M { initial -> A state A { on |',
    wanted: ['Ready', 'Gone', 'any'],
    unwanted: ['Shop'],
  },
  {
    what: 'functions and data types where a value stands',
    text: 'scenario S { load Buy(parcel: |',
    wanted: ['Parcel', 'exp', 'lognormal', 'mixture'],
    unwanted: ['Shop', 'Open'],
  },
  {
    what: 'attributes of the data type that is made',
    text: 'scenario S { load Buy(parcel: Parcel(|',
    wanted: ['id', 'items'],
  },
  {
    what: 'resources behind `using`',
    text: 'activity A { initial -> a action a takes 1 s using |',
    wanted: ['packer'],
    unwanted: ['Shop', 'app'],
  },
  {
    what: 'nodes of an activity as targets',
    text: 'activity A { partition p initial -> first action first takes 1 s -> |',
    wanted: ['first'],
    unwanted: ['wrap', 'Open'],
  },
  {
    what: 'topics of a broker, not operations of others',
    text: 'interaction I(p: Parcel) { actor a  a ->> Bus.|',
    wanted: ['sold'],
    unwanted: ['buy'],
  },
  {
    what: 'brokers among those that messages go to',
    text: 'interaction I(p: Parcel) { actor a lifeline s: Shop a ->> |',
    wanted: ['Bus', 's', 'a'],
    unwanted: ['Shop'],
  },
  {
    what: 'what a scenario may set',
    text: 'scenario S of Prod { at 1 s set Shop.|',
    wanted: ['replicas', 'threads'],
  },
  {
    what: 'whom a component calls, where its numbers are set',
    text: 'scenario S of Prod { at 1 s set Shop.|',
    wanted: ['Till', 'limit', 'queue'],
    unwanted: ['Bus'],
  },
  {
    what: 'what is set of how it calls them',
    text: 'scenario S of Prod { at 1 s set Shop.Till.|',
    wanted: ['timeout', 'retry', 'backoff', 'budget', 'breaker', 'bulkhead', 'hedge'],
    unwanted: ['pay', 'replicas'],
  },
  {
    what: 'the numbers of a breaker',
    text: 'scenario S of Prod { vary Shop.Till.breaker.|',
    wanted: ['calls', 'open'],
    unwanted: ['queue', 'timeout'],
  },
  {
    what: 'nothing of that where something is measured',
    text: 'scenario S of Prod { expect p95(Shop.|',
    wanted: ['buy'],
    unwanted: ['Till', 'limit'],
  },
  { what: 'what can crash', text: 'scenario S of Prod { at 1 s crash |', wanted: ['app', 'eu', 'packer'] },
  {
    what: 'changes of the timeline',
    text: 'scenario S of Prod { at 1 s |',
    wanted: ['crash', 'slow', 'partition', 'set', 'scale', 'rollout'],
    unwanted: ['seed'],
  },
  { what: 'what policies speak of', text: 'policy P { always Gone leads to |', wanted: ['Ready', 'Closed', 'wrap'] },
  {
    what: 'states in a test',
    text: 'test t of Order(parcel: Parcel(id: "p")) { expect in(|',
    wanted: ['Open', 'Closed'],
    unwanted: ['Shop', 'wrap'],
  },
  {
    what: 'kinds of declarations',
    text: '|',
    wanted: ['machine', 'activity', 'resource', 'policy', 'calibration', 'test', 'data'],
    unwanted: ['state', 'seed'],
  },
];

const services = createTwinLspServices(EmptyFileSystem);

async function proposals(text: string): Promise<string[]> {
  const whole = `${head}${text}`;
  const offset = whole.indexOf('|', head.length);
  const { LangiumDocumentFactory, LangiumDocuments, DocumentBuilder } = services.shared.workspace;
  const uri = URI.parse(`file:///completion-${Math.abs(hash(text))}.twin`);
  const document = LangiumDocumentFactory.fromString(whole.replace(/\|(?=[^|]*$)/, ''), uri);
  LangiumDocuments.addDocument(document);
  try {
    await DocumentBuilder.build([document]);
    const list = await services.twin.lsp.CompletionProvider?.getCompletion(document, {
      textDocument: { uri: uri.toString() },
      position: document.textDocument.positionAt(offset),
    });
    return (list?.items ?? []).map(({ label }) => label);
  } finally {
    await DocumentBuilder.update([], [uri]);
  }
}

function hash(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + character.charCodeAt(0)) | 0;
  return sum;
}

describe('completion proposes', () => {
  test.each(rows)('$what', async ({ text, wanted, unwanted = [] }) => {
    const found = await proposals(text);
    expect(wanted.filter((label) => !found.includes(label))).toEqual([]);
    expect(unwanted.filter((label) => found.includes(label))).toEqual([]);
  });

  test('a function with its signature and meaning', async () => {
    expect(await proposals('machine M { initial -> A state A { after lognor|')).toContain('lognormal');
  });
});
