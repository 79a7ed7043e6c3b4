export * from './observed-load.ts';
export * from './state.ts';
export * from './twin-session.ts';
