export { runOfSweep } from '../panels/own-point.ts';
export { inProcessLayout } from './in-process-layout.ts';
export { type ReportParts, reportHtml } from './report.ts';
