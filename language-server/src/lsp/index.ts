/** The editing features over any connection. */
export { startTwinServer } from './server.ts';
export { createTwinLspServices, type TwinLsp, type TwinLspServices, type TwinSharedLspServices } from './services.ts';
