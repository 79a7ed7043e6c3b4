/**
 * What one replication may cost at most, whatever its model: it ends, within the memory of an ordinary machine, and says which of
 * these was reached. `docs/language.md` tells them; limits of what may be written are elsewhere.
 */

/** Calls, loops and branches alive at a time, and as many tokens of activities; beyond it work is refused, and counted. */
export const TOKEN_LIMIT = 1 << 20;
/** What nearly every run makes do with, and is there at once: a first try. */
export const FIRST_TOKEN_LIMIT = 1 << 15;
/** Arrivals are refused earlier than calls, so that what has begun can end. */
export const ARRIVAL_SHARE = 0.75;
/** Arrivals refused after which a run has shown what there is to see. */
export const REFUSAL_LIMIT = 1_000_000;
/** Events after which a run is ended: more than fifty for each of ten million transactions. */
export const EVENT_LIMIT = 500_000_000;
/** Events at one and the same moment after which time is taken to stand still. */
export const STANDSTILL = 5_000_000;
/** Turns of loops within one event after which they are taken to be endless. */
export const TURN_LIMIT = 200_000;
/** Behaviours that were ended because they went on for ever within one moment, after which the run is ended. */
export const ENDLESS_LIMIT = 20;
/** Users of one load: each is an event of the calendar at least. */
export const USER_LIMIT = 500_000;
/** Replicas and nodes of a deployment, with those that may come: each has its threads, its queue and its figures. */
export const REPLICA_LIMIT = 200_000;
/** Instances of one machine alive at a time; beyond it none is created, and that is said. */
export const INSTANCE_LIMIT = 1_000_000;
