export * from './compile-interaction.ts';
export type * from './compiled-interaction.ts';
export * from './consumers.ts';
export * from './flatten.ts';
export * from './program.ts';
export * from './recognise.ts';
