import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from './run-pollux.ts';
import { elementsOf } from './well-formed.ts';

const machine = `package shop
signal Pay(ok: Boolean)
signal Flip
machine Order(id: String) {
  var attempts: Integer = 0
  initial -> Created
  state Created { on Pay(ok) [ok] -> Paid  on Pay(ok) [not ok] / { attempts += 1  log "<no> & \\"never\\"" }  after 15 min -> Expired }
  state Paid
  final Expired
}
machine Two { initial -> Here
  state Here { on Flip [1 > 0] -> Left  on Flip [2 > 0] -> Right }  state Left  state Right }
`;
const good = `${machine}test paid of Order(id: "o") { send Pay(true)  expect in(Paid) }
test late of Order(id: "o") { after 15 min  expect ended  never Paid }
`;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create({
    'good.twin': good,
    'bad.twin': `${machine}test declined of Order(id: "o") { send Pay(false)  expect attempts > 1 and in(Created) }\n`,
    'open.twin': `${machine}test flipped of Two { send Flip  expect in(Left) }\n`,
    'broken.twin': `${machine}test x of Nothing { expect ended }\n`,
    'none.twin': machine,
    'importing.twin': 'import "good.twin"\ntest again of Order(id: "p") { never Paid }\n',
  });
});
afterAll(() => workspace.remove());

describe('pollux test', () => {
  it('ends with 0 where every test passes', async () => {
    const { code, out } = await workspace.run('test', 'good.twin');
    expect(code).toBe(0);
    expect(out).toBe('✓ pass paid good.twin:13\n✓ pass late good.twin:14\n2 tests: 2 pass\n');
  });

  it('ends with 1 where one fails, and says what was expected, found and what happened', async () => {
    const { code, out } = await workspace.run('test', 'bad.twin', 'good.twin');
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 4)).toEqual([
      '✗ fail declined bad.twin:13',
      '    bad.twin:13 It does not hold: in Created, attempts == 1.',
      '    expected  expect attempts > 1 and in(Created)',
      '    found     in Created, attempts == 1',
    ]);
    expect(out).toContain('0 s  send Pay(false)');
    expect(out).toContain('3 tests: 2 pass, 1 fail');
  });

  it('ends with 2 where something that is left open decides', async () => {
    const { code, out } = await workspace.run('test', 'open.twin');
    expect(code).toBe(2);
    expect(out).toMatch(/^\? inconclusive flipped open.twin:13\n {4}open.twin:13 In 1 of 2 ways/);
  });

  it('ends with 1 where a model has errors, and runs the others', async () => {
    const { code, out } = await workspace.run('test', 'broken.twin', 'good.twin');
    expect(code).toBe(1);
    expect(out).toContain('[unresolved-name]');
    expect(out).toContain('2 tests: 2 pass');
  });

  it('runs a test once, though two files lead to it', async () => {
    const { out } = await workspace.run('test', 'importing.twin', 'good.twin');
    expect(out.match(/paid/g)).toHaveLength(1);
    expect(out).toContain('✓ pass again importing.twin:2');
  });

  it('runs only those that the filter names', async () => {
    expect((await workspace.run('test', 'good.twin', '--filter', 'late')).out).toContain('1 test: 1 pass');
    const { code, error } = await workspace.run('test', 'good.twin', '--filter', 'nothing');
    expect(code).toBe(3);
    expect(error).toContain('there are: paid, late');
  });

  it('says that there are none', async () => {
    expect(await workspace.run('test', 'none.twin')).toMatchObject({ code: 0, out: '0 tests\n' });
  });

  it('prints the states and transitions that nothing took', async () => {
    const { out } = await workspace.run('test', 'good.twin', '--coverage');
    expect(out).toContain('Order: 3 of 3 states, 3 of 4 transitions');
    expect(out).toContain('    not reached  good.twin:7  shop.Order.Created/on(Pay)');
  });

  it('prints JSON with places and traces', async () => {
    const { out } = await workspace.run('test', 'bad.twin', '--format', 'json', '--coverage');
    expect(JSON.parse(out)).toMatchObject({
      schema: 2,
      tests: [
        {
          file: 'bad.twin',
          line: 13,
          test: 'shop.declined',
          verdict: 'fail',
          found: 'in Created, attempts == 1',
          failedAt: { file: 'bad.twin', line: 13 },
          outcomes: 1,
          complete: true,
        },
      ],
      coverage: [{ machine: 'shop.Order', states: [{ element: 'shop.Order.Created', line: 7, count: 1 }, {}, {}] }],
    });
  });

  it('prints JUnit XML that is well-formed, whatever stands in the model', async () => {
    const { code, out } = await workspace.run('test', 'bad.twin', 'good.twin', 'open.twin', '--format', 'junit');
    expect(code).toBe(1);
    const elements = elementsOf(out);
    expect(elements.map(({ name }) => name)).toEqual([
      'testsuites',
      ...['testsuite', 'testcase', 'failure'],
      ...['testsuite', 'testcase', 'testcase'],
      ...['testsuite', 'testcase', 'error'],
    ]);
    expect(elements[0]?.attributes).toMatchObject({ tests: '4', failures: '1', errors: '1' });
    expect(elements[2]?.attributes).toMatchObject({ name: 'declined', classname: 'shop.Order', line: '13' });
    expect(out).toContain('log &lt;no&gt; &amp; &quot;never&quot;');
  });

  it('keeps a report that a machine reads clean of what is wrong with a model', async () => {
    const { out, error } = await workspace.run('test', 'broken.twin', '--format', 'junit');
    expect(elementsOf(out)).toHaveLength(1);
    expect(error).toContain('unresolved-name');
  });
});

describe('pollux test --generate', () => {
  it('prints tests that can stand in the model', async () => {
    const { code, out } = await workspace.run('test', 'none.twin', '--generate', '--machine', 'Order');
    expect(code).toBe(0);
    expect(out).toMatch(/^\/\/ 4 of 4 transitions in \d tests?\.\n/);
    const whole = await Workspace.create({ 'whole.twin': `${machine}${out}` });
    try {
      expect(await whole.run('test', 'whole.twin', '--coverage')).toMatchObject({
        code: 0,
        out: expect.stringContaining('4 of 4 transitions'),
      });
    } finally {
      await whole.remove();
    }
  });

  it('prints JSON', async () => {
    const { out } = await workspace.run('test', 'none.twin', '--generate', '--machine', 'Two', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      schema: 2,
      machine: 'shop.Two',
      transitions: 3,
      unreached: [],
      complete: true,
    });
  });

  it.each([
    [['none.twin', '--generate'], 'Which machine?'],
    [['none.twin', 'good.twin', '--generate'], '--generate takes one file'],
    [['none.twin', '--generate', '--machine', 'Two', '--format', 'junit'], 'prints text or json'],
    [['good.twin', '--machine', 'Order'], '--generate'],
  ])('%j is wrong usage', async (parameters, words) => {
    const { code, error } = await workspace.run('test', ...parameters);
    expect(code).toBe(3);
    expect(error).toContain(words);
  });
});
