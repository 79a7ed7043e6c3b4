/** How what takes arguments is called: its text, and which stretch of the text stands for each parameter. */
import { measureNamed } from '@pollux/engine/property';
import type { AstNode } from 'langium';
import * as ast from '../generated/ast.ts';
import { distributions, functions } from '../language/links/built-in-functions.ts';
import { isBuiltInName } from '../language/links/built-in-names.ts';
import { allParameters } from '../language/links/parameters.ts';
import { documentationOf } from '../language/lower/lowering.ts';
import { sourceText } from './source-text.ts';

export interface Signature {
  readonly label: string;
  readonly documentation: string | undefined;
  readonly parameters: readonly SignatureParameter[];
}

interface SignatureParameter {
  readonly name: string;
  readonly label: readonly [start: number, end: number];
  readonly documentation: string | undefined;
}

/** What follows a dot behind several values and takes an argument. */
const memberParameters: Readonly<Record<string, string>> = { contains: 'value', at: 'index' };

/** Of a declaration with parameters or attributes; undefined for what takes no arguments at all. */
export function signatureOfDeclaration(node: AstNode): Signature | undefined {
  if (isBuiltInName(node)) {
    const parameter = node.$type === 'BuiltInProperty' ? memberParameters[node.name] : undefined;
    return parameter === undefined ? undefined : signature(node.name, [plain(parameter)], '', node.meaning);
  }
  const parameters = parametersOf(node);
  if (parameters === undefined || !('name' in node)) return undefined;
  const returns = ast.isOperation(node) && node.returnType !== undefined ? `: ${sourceText(node.returnType)}` : '';
  const texts = parameters.map((parameter) => ({
    text: sourceText(parameter),
    documentation: documentationOf(parameter),
  }));
  return signature(String(node.name), texts, returns, documentationOf(node));
}

/** Of a function or distribution: one for each way to give its parameters, the one with names first. */
export function signaturesOfFunction(name: string): Signature[] {
  const distribution = Object.hasOwn(distributions, name) ? distributions[name] : undefined;
  const declared = distribution ?? (Object.hasOwn(functions, name) ? functions[name] : undefined);
  if (declared === undefined) return [];
  const inside = declared.signature.slice(declared.signature.indexOf('(') + 1, -1);
  const asDeclared = signature(name, inside.split(', ').map(plain), '', declared.meaning);
  if (distribution?.named === undefined) return [asDeclared];
  const byPosition = distribution.parameters.map((parameter) => plain(parameter.replace('#', '')));
  return [asDeclared, signature(name, byPosition, '', declared.meaning)];
}

/** Of a measure: what it can be taken of. */
export function signatureOfMeasure(name: string): Signature[] {
  const measure = measureNamed(name);
  return measure === undefined ? [] : [signature(name, [plain(measure.appliesTo.join(' | '))], '', measure.meaning)];
}

interface ParameterText {
  readonly text: string;
  readonly documentation: string | undefined;
}

function plain(text: string): ParameterText {
  return { text, documentation: undefined };
}

function signature(
  name: string,
  texts: readonly ParameterText[],
  returns: string,
  documentation: string | undefined,
): Signature {
  let label = `${name}(`;
  const parameters = texts.map((parameter, index): SignatureParameter => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += parameter.text;
    const [own = ''] = parameter.text.split(':');
    return { name: own, label: [start, label.length], documentation: parameter.documentation };
  });
  return { label: `${label})${returns}`, documentation, parameters };
}

function parametersOf(node: AstNode): readonly AstNode[] | undefined {
  if (ast.isDataType(node)) return node.attributes;
  const isCallable =
    ast.isOperation(node) ||
    ast.isTopic(node) ||
    ast.isSignal(node) ||
    ast.isMachine(node) ||
    ast.isInteraction(node) ||
    ast.isActivity(node);
  return isCallable ? allParameters(node) : undefined;
}
