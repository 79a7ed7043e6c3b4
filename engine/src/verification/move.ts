/** What can happen next to a world, as one number: `kind * MOVE + index`. */

export const move = { event: 0, timer: 1, pooled: 2, activity: 3, delayed: 4, wait: 5, begin: 6 } as const;
export const MOVE = 4096;
