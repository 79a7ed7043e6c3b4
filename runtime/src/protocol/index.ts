/** What the live twin tells those who attach to it. Plain data; no code of the runtime comes with it. */
export type * from '../twin/twin-report.ts';
