/** Instances are used after they were created and before they are destroyed. UML 2.5.1, 17.3.4 (destruction occurrence). */
import type { ElementId, Fragment, Interaction, LifecycleFragment, Message } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';
import { fragmentsBelow } from './fragments-below.ts';

interface Lives {
  /** Created on some way that leads here. */
  readonly begun: ReadonlySet<ElementId>;
  /** Created on every way. */
  readonly surelyBegun: ReadonlySet<ElementId>;
  /** Destroyed on every way. */
  readonly ended: ReadonlySet<ElementId>;
}

export function checkLifetimes(interaction: Interaction, report: Report): void {
  const created = new Set<ElementId>();
  for (const fragment of fragmentsBelow(interaction.body)) {
    if (fragment.kind === 'create') created.add(fragment.lifeline);
  }
  const names = new Map(interaction.lifelines.map(({ id, name }) => [id, name]));
  new LifeChecker(created, names, report).sequence(interaction.body, {
    begun: new Set(),
    surelyBegun: new Set(),
    ended: new Set(),
  });
}

class LifeChecker {
  private readonly created: ReadonlySet<ElementId>;
  private readonly names: ReadonlyMap<ElementId, string>;
  private readonly report: Report;

  constructor(created: ReadonlySet<ElementId>, names: ReadonlyMap<ElementId, string>, report: Report) {
    this.created = created;
    this.names = names;
    this.report = report;
  }

  sequence(fragments: readonly Fragment[], before: Lives): Lives {
    return fragments.reduce((lives, fragment) => this.fragment(fragment, lives), before);
  }

  private fragment(fragment: Fragment, lives: Lives): Lives {
    if (fragment.kind === 'create' || fragment.kind === 'destroy') return this.lifecycle(fragment, lives);
    if (fragment.kind === 'message') {
      for (const end of new Set([fragment.from, fragment.to])) this.use(end, fragment, lives);
      const after = this.sequence(fragment.execution, lives);
      return fragment.fallback === undefined ? after : joined([after, this.sequence(fragment.fallback, lives)]);
    }
    if (fragment.kind === 'consumer') return this.sequence(fragment.execution, lives);
    if (!('operands' in fragment)) return lives;
    const ends = fragment.operands.map(({ body }) => this.sequence(body, lives));
    if (fragment.kind === 'par' || fragment.kind === 'seq' || fragment.kind === 'strict') return all(ends);
    const isCertain =
      (fragment.kind === 'alt' && fragment.operands.some(({ isElse }) => isElse)) ||
      fragment.kind === 'critical' ||
      fragment.kind === 'assert';
    return joined(isCertain ? ends : [...ends, lives]);
  }

  private lifecycle(fragment: LifecycleFragment, lives: Lives): Lives {
    const { lifeline, kind } = fragment;
    const name = this.names.get(lifeline) ?? lifeline;
    if (kind === 'destroy') {
      this.use(lifeline, fragment, lives);
      const surelyBegun = new Set([...lives.surelyBegun].filter((id) => id !== lifeline));
      return { ...lives, surelyBegun, ended: new Set([...lives.ended, lifeline]) };
    }
    if (lives.surelyBegun.has(lifeline)) {
      this.report('outside-lifetime', fragment.label, `\`${name}\` is there already. Create it once.`);
    }
    return {
      begun: new Set([...lives.begun, lifeline]),
      surelyBegun: new Set([...lives.surelyBegun, lifeline]),
      ended: new Set([...lives.ended].filter((id) => id !== lifeline)),
    };
  }

  private use(id: ElementId, at: Message | LifecycleFragment, lives: Lives): void {
    const name = this.names.get(id) ?? id;
    if (lives.ended.has(id)) {
      this.report('outside-lifetime', at.label, `\`${name}\` was destroyed before. Move this up, or \`destroy\` down.`);
    } else if (this.created.has(id) && !lives.begun.has(id)) {
      const message = `\`${name}\` is not there yet: it is created only further down. Move \`create ${name}\` up.`;
      this.report('outside-lifetime', at.label, message);
    }
  }
}

/** One of the ways was taken. */
function joined(ways: readonly Lives[]): Lives {
  return {
    begun: union(ways.map(({ begun }) => begun)),
    surelyBegun: intersection(ways.map(({ surelyBegun }) => surelyBegun)),
    ended: intersection(ways.map(({ ended }) => ended)),
  };
}

/** All of the ways were taken. */
function all(ways: readonly Lives[]): Lives {
  return {
    begun: union(ways.map(({ begun }) => begun)),
    surelyBegun: union(ways.map(({ surelyBegun }) => surelyBegun)),
    ended: union(ways.map(({ ended }) => ended)),
  };
}

function union(sets: readonly ReadonlySet<ElementId>[]): ReadonlySet<ElementId> {
  return new Set(sets.flatMap((set) => [...set]));
}

function intersection([first, ...others]: readonly ReadonlySet<ElementId>[]): ReadonlySet<ElementId> {
  return new Set([...(first ?? [])].filter((id) => others.every((set) => set.has(id))));
}
