export * from './compile-interaction.ts';
export type * from './compiled-interaction.ts';
