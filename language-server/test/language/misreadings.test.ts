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
    expect(statement('a -> b.go() within 2 s { return }')).toContain('execution=(Execution fragments=(ReturnAction))');
  });
});

describe('in a choice', () => {
  test('weights begin branches, also behind a target', () => {
    const { tree, syntaxErrors } = parse('machine M { choice C { [g] -> A   3 % -> B   else -> D } }');
    expect(syntaxErrors).toEqual([]);
    expect(tree).toContain('(Branch guard=g target=A) (Branch target=B weight=3 %) (Branch otherwise=true target=D)');
  });
});

describe('in an interaction with loops', () => {
  test('a loop below a duration constraint is no share of it', () => {
    expect(statement('a -> b.go() within 2 s\n for x in list { log "x" }')).toContain(
      '(ForAction body=(ActionBlock actions=(Log text=x)) collection=list variable=(LoopVariable name=x))',
    );
    expect(statement('a -> b.go() within 2 s for 99 %')).toContain('share=(QuantityLiteral text=99 %)');
  });

  test('a lifeline called like a trouble word begins the next message', () => {
    expect(statement('a -> b.go()\n timeout -> b.go()\n hedge ->> b.go()').match(/\(Message /g)).toHaveLength(3);
  });

  test('a found message below a call is no lost one', () => {
    expect(statement('a -> b.go()\n ? ->> b : Go')).toContain('(FoundMessage signal=Go to=b)');
  });

  test('a frame around messages is no assertion about a value', () => {
    expect(statement('assert { a -> b.go() }')).toContain('(Assertion operands=(PlainOperand');
    expect(statement('assert x')).toContain('(AssertAction condition=x)');
  });
});

describe('in a test', () => {
  test('waiting below a stand-in that fails is a step of its own', () => {
    const { tree, syntaxErrors } = parse('test t of M {\n given B.c fails 100 %\n after 15 min\n expect ended }');
    expect(syntaxErrors).toEqual([]);
    expect(tree).toContain('(TestWait delay=(QuantityLiteral text=15 min))');
  });
});

describe('in a twin', () => {
  test('a reaction below a source names no ports', () => {
    const { tree, syntaxErrors } = parse(
      'twin T {\n source otlp\n on breach of fast { webhook "http://localhost/" } }',
    );
    expect(syntaxErrors).toEqual([]);
    expect(tree).toContain('(OtlpSource) (Reaction');
  });
});

describe('in an activity', () => {
  test('a resource list ends before the next member', () => {
    const { tree, syntaxErrors } = parse(
      'activity A {\n action a takes 2 s using nurse priority p.n, doctor * 2 / seen = true -> b\n acquire b: bed -> c\n release c: bed -> d\n final d }',
    );
    expect(syntaxErrors).toEqual([]);
    expect(tree).toContain('uses=(ResourceUse priority=p.n resource=nurse) (ResourceUse amount=2 resource=doctor)');
    expect(tree).toContain('(AcquireNode name=b target=c uses=(ResourceUse resource=bed))');
  });
});
