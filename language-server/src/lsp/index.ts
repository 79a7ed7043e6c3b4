/** The editing features over any connection. */
export { EditingSession } from './editing-session.ts';
export { startTwinServer } from './server.ts';
export { createTwinLspServices } from './services.ts';
export { keepMemorySteady } from './steady-memory.ts';
