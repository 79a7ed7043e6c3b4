export * from './compile-interaction.ts';
export type * from './compiled-interaction.ts';
export * from './consumers.ts';
export * from './flatten.ts';
export { InteractionScope } from './interaction-scope.ts';
export * from './program.ts';
export * from './recognise.ts';
export { isCall, placedWork } from './steps-within.ts';
