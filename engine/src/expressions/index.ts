export * from './compile-actions.ts';
export * from './compile-expression.ts';
export * from './compile-partly.ts';
export * from './data-types.ts';
export * from './frame.ts';
export * from './run-error.ts';
export * from './scope.ts';
export * from './value-text.ts';
