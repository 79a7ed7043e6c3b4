/**
 * The snippets of `docs/language.md`, each made a whole file: what an `in=` behind its fence names is put around it, and the
 * page's first model in front. Knows the page's notation, nothing of the language's meaning.
 */
export interface Snippet {
  /** One-based line of the fence. */
  readonly line: number;
  readonly text: string;
  /** The body that it stands in; empty for whole files. */
  readonly body: string;
  /** The code of the finding that it shows; empty where it shows none. */
  readonly error: string;
}

/** A snippet made a whole file, and where it stands in there. */
export interface Whole {
  readonly text: string;
  readonly parts: readonly { readonly start: number; readonly end: number }[];
}

/** Every fence that is marked as `twin`, in the order of the page. */
export function snippetsOf(page: string): Snippet[] {
  const snippets: Snippet[] = [];
  for (const found of page.matchAll(/^```twin([^\n]*)\n([\s\S]*?)^```$/gm)) {
    const options = new Map(
      (found[1] ?? '')
        .trim()
        .split(/\s+/)
        .map((option) => option.split('=') as [string, string]),
    );
    snippets.push({
      line: page.slice(0, found.index).split('\n').length,
      text: found[2] ?? '',
      body: options.get('in') ?? '',
      error: options.get('error') ?? '',
    });
  }
  return snippets;
}

type Around = readonly [before: string, behind: string];

const machine = `machine Example(id: String, total: Real, items: Item[0..*]) {
var attempts: Integer = 0
var cart: Cart
var waited: Duration = 0 s
operation score(limit: Integer): Integer
initial -> Here
`;

const lines: Readonly<Record<string, Around>> = {
  model: ['', ''],
  machine: ['machine Example(id: String, total: Real) {\nvar attempts: Integer = 0\n', '}'],
  state: [`${machine}state Here {\n`, '}\nstate There { completion -> Done }\nfinal Done\n}'],
  actions: [`${machine}state Here {\nentry / {\n`, '}\nafter 1 s -> Done\n}\nfinal Done\n}'],
  component: ['component Example {\noperation run(id: String): Boolean\n', '}'],
  interaction: [
    `interaction Example(cart: Cart) {
actor customer
lifeline web: WebShop, orders: Orders, bank: Bank
lifeline order: Order(id: cart.id, total: cart.total)
var paid: Boolean = false
var tries: Integer = 0
`,
    '}',
  ],
  activity: ['activity Example(p: Patient) {\nvar pain: Integer = 0\n', '}'],
  deployment: ['deployment Example {\n', '}'],
  scenario: ['scenario Example of Production {\n', '}'],
  twin: ['twin Example of Production {\n', '}'],
  instances: [
    'twin Example of Production {\nOrder(id: attribute("order.id"), total: attribute("total")) by attribute "order.id" {\n',
    '}\n}',
  ],
  policy: ['policy Example {\n', '}'],
  calibration: ['calibration Production {\n', '}'],
  test: ['test example of Order(id: "o-1", total: 10) {\n', '}'],
};

/** Bodies in which every line is a value of its own. */
const values: Readonly<Record<string, Around>> = {
  values: [
    `machine Example(id: String, total: Real, cart: Cart, count: Integer, share: Real) {
initial -> Created
state Created
`,
    '}',
  ],
};

export const bodies: readonly string[] = [...Object.keys(lines), ...Object.keys(values)];

/** `prelude` is the page's first model, whose names every snippet with a body can use. */
export function wholeOf({ text, body }: Snippet, prelude: string): Whole {
  if (body === '') return { text, parts: [{ start: 0, end: text.length }] };
  const around = lines[body];
  if (around !== undefined) {
    const front = `${prelude}\n${around[0]}`;
    const parts = [{ start: front.length, end: front.length + text.length }];
    return { text: `${front}${text}${around[1]}\n`, parts };
  }
  const [before, behind] = values[body] ?? ['', ''];
  let whole = `${prelude}\n${before}`;
  const parts: { start: number; end: number }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    whole += `var v${index}: Any = `;
    parts.push({ start: whole.length, end: whole.length + line.length });
    whole += `${line}\n`;
  }
  return { text: `${whole}${behind}\n`, parts };
}
