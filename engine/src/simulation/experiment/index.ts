export * from './answers.ts';
export * from './comparison-result.ts';
export * from './conduct.ts';
export { currentValue } from './current-value.ts';
export * from './experiment.ts';
export * from './setting.ts';
export * from './setting-text.ts';
export * from './sweep-result.ts';
export { withSettings } from './with-settings.ts';
