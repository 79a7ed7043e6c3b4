/** What a replication says of the cores of its nodes, whoever kept them: `Cores` or `Stations`. */

export interface CoreFigures {
  /** Mean number of cores held, by replica. */
  readonly busyCores: readonly number[];
  /** Mean number of cores that traffic outside the model held, by node instance; so for the rest. */
  readonly outside: readonly number[];
  /** Mean number of cores there were to hold. */
  readonly cores: readonly number[];
  /** Share of the time in which none was free for who might come. */
  readonly saturated: readonly number[];
  /** Mean number who waited: of work that shares cores, the part that was not done. */
  readonly queue: readonly number[];
  /** Microseconds waited, and how many came. */
  readonly waited: readonly number[];
  readonly served: readonly number[];
  /** How much longer the line is than at the mark. */
  readonly growth: readonly number[];
}

/** Of nodes that one of the two keeps, while the other says 0. */
export function together(some: CoreFigures, others: CoreFigures): CoreFigures {
  const sum = (field: keyof CoreFigures): number[] =>
    some[field].map((figure, index) => figure + others[field][index]!);
  return {
    busyCores: sum('busyCores'),
    outside: sum('outside'),
    cores: sum('cores'),
    saturated: sum('saturated'),
    queue: sum('queue'),
    waited: sum('waited'),
    served: sum('served'),
    growth: sum('growth'),
  };
}
