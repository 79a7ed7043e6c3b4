import { describe, expect, test } from 'vitest';
import { everyTrace, texts } from './exploring.ts';

const two = (inside: string, more = '') => `signal Go signal Stop
  machine M() { initial -> S  state S { ${inside} } ${more} }`;

test('what a machine sent itself and deferred is answered by itself in every way', async () => {
  const { traces, complete } = await everyTrace(
    `signal Go signal Ping signal Pong
     machine M() {
       initial -> A
       state A { on Go / send Ping to self -> B }
       state B { defer Ping  on Go -> C }
       state C { on Ping / send Pong to sender  on Pong / log "pong" }
     }`,
    ['Go', 'Go', '1 s'],
  );
  expect(complete).toBe(true);
  expect(traces).toEqual([['pong']]);
});

describe('what UML leaves open', () => {
  test.each([
    [
      'regions take the same event in any order',
      two(`region a { initial -> A  state A { on Go / log "a" -> A2 } state A2 {} }
           region b { initial -> B  state B { on Go / log "b" -> B2 } state B2 {} }`),
      ['Go'],
      ['a b', 'b a'],
    ],
    [
      'and come between the exit, the effect and the entry of each other',
      two(`region a { initial -> A  state A { exit / log "a1"  on Go / log "a2" -> A2 } state A2 {} }
           region b { initial -> B  state B { on Go / log "b" -> B2 } state B2 {} }`),
      ['Go'],
      ['a1 a2 b', 'a1 b a2', 'b a1 a2'],
    ],
    [
      'regions are entered side by side, those of a target too',
      `signal Go machine M() { initial -> W  state W { on Go -> S.a.A }
         state S { region a { initial -> A  state A { entry / log "a" } }
                   region b { initial -> B  state B { entry / log "b" } } } }`,
      ['Go'],
      ['a b', 'b a'],
    ],
    [
      'regions are left side by side, before the state',
      two(
        `exit / log "s"  on Stop -> E
         region a { initial -> A  state A { exit / log "a" } }
         region b { initial -> B  state B { exit / log "b" } }`,
        'state E {}',
      ),
      ['Stop'],
      ['a b s', 'b a s'],
    ],
    [
      'of transitions of one state any may be taken, of those further out none',
      two(
        'state I { on Go / log "x" -> J  on Go / log "y" -> J } state J {}  initial -> I  on Go / log "out" -> E',
        'state E {}',
      ),
      ['Go'],
      ['x', 'y'],
    ],
    [
      '`any` is only for what no other trigger names',
      two('state I { on any / log "any"  on Go / log "go" } initial -> I'),
      ['Go', 'Stop'],
      ['go any'],
    ],
    [
      'branches of a probability are choices; one of no weight is none',
      `signal Go machine M() { initial -> A  state A { on Go -> c }
         choice c { 30 % / log "x" -> B  0 % / log "never" -> B  else / log "y" -> B }  state B {} }`,
      ['Go'],
      ['x', 'y'],
    ],
    [
      'a chance is taken or not',
      `signal Go machine M() { var x: Boolean = false  initial -> A
         state A { on Go / { x = chance(10 %)  log "{x}" } } }`,
      ['Go'],
      ['false', 'true'],
    ],
    [
      'what a machine sends to itself may come behind what was sent to it before',
      `signal Go signal Own machine M() { initial -> A
         state A { on Go / { log "go"  send Own to self }  on Own / log "own" } }`,
      ['Go', 'Go'],
      ['go go own own', 'go own go own'],
    ],
    [
      'a do-activity goes on beside everything, and may be too late',
      `signal Go machine M() { initial -> A  state A { do / log "do"  on Go / log "go" -> B } state B {} }`,
      ['Go'],
      ['do go', 'go'],
    ],
    [
      'timers come in the order of their times where it is certain',
      `machine M() { initial -> A  state A { after 2 s / log "late"  after 1 s / log "early" } }`,
      ['3 s'],
      ['early late'],
    ],
    [
      'in any order where they come together',
      two(`region a { initial -> A  state A { after 2 s / log "a" -> A2 } state A2 {} }
           region b { initial -> B  state B { after 1 s -> B1 } state B1 { after 1 s / log "b" -> B2 } state B2 {} }`),
      ['3 s'],
      ['a b', 'b a'],
    ],
    [
      'a drawn time comes before or after, but within its bounds',
      `machine M() { initial -> A  state A { after uniform(1 s, 3 s) / log "drawn"  after 2 s / log "two"  after 4 s / log "four" } }`,
      ['5 s'],
      ['drawn two four', 'two drawn four'],
    ],
    [
      'a timer whose time has not come does not fire',
      `signal Go machine M() { initial -> A  state A { after 5 s / log "timer"  on Go / log "go" } }`,
      ['4 s', 'Go'],
      ['go'],
    ],
    [
      'anything may come between two actions of a do-activity, what the machine sent itself too',
      `signal Go signal Ping machine M() { initial -> A  state A { on Go / send Ping to self -> B }
         state B { do / { log "1" log "2" }  on Ping / log "ping" } }`,
      ['Go'],
      ['1 2 ping', '1 ping 2', 'ping 1 2'],
    ],
    [
      'a step of another region may, stroke by stroke',
      two(`region a { initial -> A  state A { on Go -> A2 } state A2 { do / { log "1" log "2" } } }
           region b { initial -> B  state B { exit / log "x"  on Stop / log "y" -> B2 } state B2 {} }`),
      ['Go', 'Stop'],
      ['1 2 x y', '1 x 2 y', '1 x y 2', 'x 1 2 y', 'x 1 y 2', 'x y 1 2'],
    ],
    [
      'so may the pieces of another do-activity',
      two(`region a { initial -> A  state A { do / { log "a1" log "a2" } } }
           region b { initial -> B  state B { do / { log "b1" log "b2" } } }`),
      [],
      ['a1 a2 b1 b2', 'a1 b1 a2 b2', 'a1 b1 b2 a2', 'b1 a1 a2 b2', 'b1 a1 b2 a2', 'b1 b2 a1 a2'],
    ],
    [
      'leaving its state ends it between two of them',
      `signal Go machine M() { initial -> A  state A { do / { log "1" log "2" }  on Go -> B }  state B { entry / log "B" } }`,
      ['Go'],
      ['1 2 B', '1 B', 'B'],
    ],
    [
      'what is done behind its time is done so too',
      `signal Go machine M() { initial -> A  state A { do takes 2 s / { log "1" log "2" }  on Go -> B }  state B }`,
      ['2 s', 'Go'],
      ['', '1', '1 2'],
    ],
    [
      'its state completes behind the last of them',
      `machine M() { initial -> A  state A { do / { log "1" log "2" }  completion / log "done" -> B }  state B }`,
      [],
      ['1 2 done'],
    ],
    [
      'between what it decides by and what it does then something may change',
      two(`region a { initial -> A  state A { do / { if v == 0 { log "none" log "still {v}" } else { log "some" return } log "end" } } }
           region b { initial -> B  state B { do / v = 1 } }`).replace(
        'machine M() {',
        'machine M() { var v: Integer = 0 ',
      ),
      [],
      ['none still 0 end', 'none still 1 end', 'some'],
    ],
    [
      'a loop is done in one go',
      two(`region a { initial -> A  state A { do / while v < 2 { v += 1 log "{v}" } } }
           region b { initial -> B  state B { do / { log "x" log "y" } } }`).replace(
        'machine M() {',
        'machine M() { var v: Integer = 0 ',
      ),
      [],
      ['1 2 x y', 'x 1 2 y', 'x y 1 2'],
    ],
    [
      'a region that leaves its state and enters it anew goes on, and what its sibling had begun does not',
      `machine M() { var n: Integer = 0  initial -> S  state S { exit / log "out"
         region a { initial / { log "a" log "a2" } -> A  state A { entry / log "A" } }
         region b { initial -> c  choice c { [n == 0] / { n = 1 } -> B   else -> D } state B { initial -> d  choice d { else -> S } }  state D { entry / log "D" } } } }`,
      [],
      [
        'a a2 A out D a a2 A',
        'a a2 A out a a2 A D',
        'a a2 A out a a2 D A',
        'a a2 out D a a2 A',
        'a a2 out a a2 A D',
        'a a2 out a a2 D A',
        'out D a a2 A',
        'out a a2 A D',
        'out a a2 D A',
      ],
    ],
    [
      'branches of a fork go on side by side; what they share is entered once',
      `signal Go machine M() { initial -> W  state W { on Go -> f }  fork f { / log "1" -> A  / log "2" -> B }
         state S { entry / log "S"  region a { state A {} } region b { state B {} } } }`,
      ['Go'],
      ['1 2 S', '1 S 2', '2 1 S', '2 S 1'],
    ],
  ])('%s', async (_, text, events, expected) => {
    const explored = await everyTrace(text, events);
    expect(texts(explored)).toEqual(expected);
    expect(explored.complete).toBe(true);
    expect(explored.bound).toBeNull();
  });
});
