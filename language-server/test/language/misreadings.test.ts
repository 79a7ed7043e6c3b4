/** Texts that a careless grammar reads as something else, without any error. Each is read as its lines suggest. */
import { describe, expect, test } from 'vitest';
import { parse } from './tree.ts';

function member(text: string): string {
  const { tree, syntaxErrors } = parse(`machine M { state S { ${text} } }`);
  expect(syntaxErrors).toEqual([]);
  return /\(State (.*) name=S\)/.exec(tree)?.[1] ?? '';
}

function statement(text: string): string {
  const { tree, syntaxErrors } = parse(`interaction I { ${text} }`);
  expect(syntaxErrors).toEqual([]);
  return /\(Interaction (.*) name=I\)/.exec(tree)?.[1] ?? '';
}

describe('in a state', () => {
  test('an internal transition ends before the next line’s completion', () => {
    expect(member('on Pay / n += 1\n completion -> B')).toBe(
      'members=(Transition actions=(Assign operator=+= value=(NumberLiteral text=1) variable=n) trigger=(SignalTrigger signals=(SignalPattern signal=Pay)))' +
        ' (Transition target=B trigger=(CompletionTrigger))',
    );
  });

  test('a guard belongs to the trigger of its own line', () => {
    expect(member('on Cancel\n on Pay [g] -> X')).toBe(
      'members=(Transition trigger=(SignalTrigger signals=(SignalPattern signal=Cancel)))' +
        ' (Transition guard=g target=X trigger=(SignalTrigger signals=(SignalPattern signal=Pay)))',
    );
  });

  test('a time trigger is not the delay of the send above it', () => {
    expect(member('on Pay / send Ping to self\n after 15 min -> B')).toContain(
      '(Transition target=B trigger=(TimeTrigger delay=(QuantityLiteral text=15 min)))',
    );
  });

  test('`after 15 min / …` begins an effect, no division', () => {
    expect(member('after 15 min / log "late" -> E')).toBe(
      'members=(Transition actions=(Log text=late) target=E trigger=(TimeTrigger delay=(QuantityLiteral text=15 min)))',
    );
  });

  test('`initial` on its line is no name of what stands above', () => {
    const { tree, syntaxErrors } = parse(
      'machine M { region a {\n initial -> X\n state X } region b { initial -> Y state Y } }',
    );
    expect(syntaxErrors).toEqual([]);
    expect(tree).toContain('(Region members=(Initial target=X) (State name=X) name=a)');
  });
});

describe('in expressions', () => {
  test('a glued slash before a unit of time is a rate', () => {
    expect(member('on A [10/h > x] -> B')).toContain('left=(QuantityLiteral text=10/h)');
  });

  test('a spaced slash is a division', () => {
    expect(member('on A [10 / h > x] -> B')).toContain('left=(NumberLiteral text=10) operator=/ right=h');
  });

  test('a percent sign is a unit and `mod` the remainder', () => {
    expect(member('on A [n mod 10 == 3] -> B')).toContain(
      '(BinaryExpression left=n operator=mod right=(NumberLiteral text=10))',
    );
  });

  test('a quantity holds one blank at most and no line break', () => {
    expect(statement('x = 1\n d = 2')).toBe(
      'members=(Assign operator== value=(NumberLiteral text=1) variable=x) (Assign operator== value=(NumberLiteral text=2) variable=d)',
    );
    expect(parse('interaction I { x = 1  d = 2 }').tree).toContain('variable=d');
  });

  test('brackets never index: the guard of the next fragment stays one', () => {
    expect(statement('x = b\n opt [g] { }')).toBe(
      'members=(Assign operator== value=b variable=x) (Opt operands=(GuardedOperand guard=g))',
    );
  });

  test('a range of numbers is no decimal fraction', () => {
    expect(statement('loop 1..3 { }')).toContain('maximum=3 minimum=1');
  });

  test('operators bind as in UML’s and everybody’s reading', () => {
    expect(member('on A [not a and b or c implies d] -> B')).toContain(
      'guard=(BinaryExpression left=(BinaryExpression left=(BinaryExpression left=(Unary operand=a operator=not) operator=and right=b) operator=or right=c) operator=implies right=d)',
    );
    expect(member('on A [a + b * 2 < 3 == c] -> B')).toContain(
      'left=(BinaryExpression left=(BinaryExpression left=a operator=+',
    );
  });
});

describe('in an interaction', () => {
  test('an assignment ends before the next line’s message', () => {
    expect(statement('x = y\n a -> b.go()')).toBe(
      'members=(Assign operator== value=y variable=x) (Message arrow=-> from=a operation=go to=b)',
    );
  });

  test('a reply is taken by the variable in front of the call', () => {
    expect(statement('x = a -> b.go()')).toBe('members=(Message arrow=-> from=a operation=go result=x to=b)');
  });

  test('`within 2 s {` begins the execution', () => {
    expect(statement('a -> b.go() within 2 s { return }')).toContain('execution=(Execution fragments=(Return))');
  });
});

describe('in a choice', () => {
  test('weights begin branches, also behind a target', () => {
    const { tree, syntaxErrors } = parse('machine M { choice C { [g] -> A   3 % -> B   else -> D } }');
    expect(syntaxErrors).toEqual([]);
    expect(tree).toContain('(Branch guard=g target=A) (Branch target=B weight=3 %) (Branch otherwise=true target=D)');
  });
});
