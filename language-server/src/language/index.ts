/** The language without any editor: text in, models and problems out. */
export { formatText } from './format/format-text.ts';
export { type FileReader, type LoadedModel, type LoadOptions, loadModel, modelOf } from './load-model.ts';
export type { Fix, TextChange } from './problems/fix.ts';
export type { Problem } from './problems/problem.ts';
export { type ProblemCode, problemCodes } from './problems/problem-codes.ts';
export type { ProblemDeclaration } from './problems/problem-declaration.ts';
export { problemPage } from './problems/problem-page.ts';
export { readQuantity } from './quantities/units.ts';
