/** The language without any editor: text in, models and problems out. */
export { type FormatProblem, type Formatted, formatText } from './format/format-text.ts';
export { type FileReader, type LoadedModel, loadModel, modelOf } from './load-model.ts';
export type { Problem } from './problems/problem.ts';
export { type ProblemCode, problemCodes, type Severity } from './problems/problem-codes.ts';
