export { runOfSweep } from '../panels/own-point.ts';
export { inProcessLayout } from './in-process-layout.ts';
export { reportHtml } from './report.ts';
