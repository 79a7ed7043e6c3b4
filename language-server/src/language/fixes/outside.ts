/** Ways to mend texts that stand for something outside of the model, and what telemetry is bound to. */
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { removed, replaced } from './changes.ts';
import type { Found } from './found.ts';

export function encrypted({ document, start, text }: Found): Fix[] {
  const at = text.indexOf('http://');
  if (at < 0) return [];
  const edits = [replaced(document, start + at, start + at + 'http'.length, 'https')];
  return [{ title: 'Write `https`', edits, certainty: 'likely' }];
}

export function withoutBinding({ document, node }: Found): Fix[] {
  const cst = AstUtils.getContainerOfType(node, ast.isTelemetryBinding)?.$cstNode;
  if (cst === undefined) return [];
  return [{ title: 'Remove the binding', edits: [removed(cst, document)], certainty: 'possible' }];
}
