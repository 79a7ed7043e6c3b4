export { inActivity } from './activities.ts';
export * from './not-executable.ts';
