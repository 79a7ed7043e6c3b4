/** Events of the calendar: a type and an index in one integer. */

export const eventType = {
  /** A token goes on; index: the token. */
  resume: 0,
  /** A transaction begins; index: the load. */
  arrival: 1,
  /** A user of a closed load has thought; index: the load. */
  thought: 2,
  /** A machine's timer or delayed signal; index: the record in `Timers`. */
  timer: 3,
  /** A caller stops waiting; index: the record in `CallTimeouts`. */
  timeout: 4,
  /** Work on a node may be done, index: the node instance; or traffic outside the model comes, index behind those: its stream. */
  station: 5,
  /** Something of activities or resources; index: see `activities/activities.ts`. */
  activity: 6,
  /** Something of the timeline, or that follows from it; index: the entry in `Agenda`. */
  change: 7,
} as const;

export const TYPE_BITS = 3;

export function eventOf(type: number, index: number): number {
  return (index << TYPE_BITS) | type;
}

export function typeOf(event: number): number {
  return event & 7;
}

export function indexOf(event: number): number {
  return event >> TYPE_BITS;
}
