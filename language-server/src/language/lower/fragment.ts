/**
 * A text on its own (an expression, or a step as tests have them) read where a machine or an interaction stands: what a debugger
 * is asked to evaluate or to let happen. It leaves the document as it was.
 */
import type { Place, TestCase, TestStep } from '@pollux/engine/model';
import { type AstNode, AstUtils, CstUtils, type LangiumDocument } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fragment, FragmentAnswer, FragmentParameters } from '../../protocol/index.ts';
import type { BehaviourOfState } from '../links/declared-names.ts';
import { importClosure } from '../links/imports.ts';
import { collectProblems } from '../problems/problem.ts';
import type { TwinServices } from '../services.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerTestCase } from './test-cases.ts';

/** A step begins with its keyword and a name or a quantity; anything else is an expression. */
const stepBegins = /^(?:send|call|given)\s+\w|^after\s+[\w(]/;
/** A test in the place of a step; whom it is of is known. */
const testBegins = /^test\b/;

export function readFragment(
  services: TwinServices,
  document: LangiumDocument,
  parameters: Omit<FragmentParameters, 'uri'>,
): FragmentAnswer {
  const behaviour = findNode(services, document, parameters.behaviour);
  if (!ast.isMachine(behaviour) && !ast.isInteraction(behaviour)) {
    return { problem: `The model has no behaviour ${parameters.behaviour} any more.` };
  }
  const { context } = parameters;
  const owner = context === undefined ? behaviour : (around(services, document, context) ?? behaviour);
  const text = parameters.text.trim();
  if (testBegins.test(text)) return readTest(services, behaviour, text);
  return stepBegins.test(text) ? readStep(services, behaviour, text) : readExpression(services, owner, text);
}

function readExpression(services: TwinServices, around: AstNode, text: string): FragmentAnswer {
  const parsed = parse<ast.Expression>(services, 'Expression', text, around);
  if ('problem' in parsed) return parsed;
  const { problems, report } = collectProblems();
  const expression = lowerExpression({ uri: '', report }, parsed.node);
  const [wrong] = problems.filter(({ severity }) => severity === 'error');
  return wrong === undefined ? { fragment: { kind: 'expression', expression } } : { problem: wrong.message };
}

function readStep(services: TwinServices, behaviour: ast.Machine | ast.Interaction, text: string): FragmentAnswer {
  const read = readTest(services, behaviour, `test fragment of ${behaviour.name} { ${text} }`);
  if ('problem' in read) return read;
  const [step, more] = read.fragment.steps;
  const fragment = more === undefined && step !== undefined ? happening(step) : undefined;
  return fragment === undefined
    ? { problem: 'One thing at a time: `send Pay(ok: true)`, `call close()` or `after 5 s`.' }
    : { fragment };
}

function readTest(
  services: TwinServices,
  behaviour: ast.Machine | ast.Interaction,
  text: string,
): { readonly fragment: TestCase } | { readonly problem: string } {
  const parsed = parse<ast.TestCase>(services, 'TestCase', text, AstUtils.findRootNode(behaviour));
  if ('problem' in parsed) return parsed;
  const { problems, report } = collectProblems();
  const test = lowerTestCase({ uri: '', report }, parsed.node);
  const [wrong] = problems.filter(({ severity }) => severity === 'error');
  if (wrong !== undefined) return { problem: wrong.message };
  return test === undefined ? { problem: 'This is no test.' } : { fragment: test };
}

function happening(step: TestStep): Exclude<Fragment, TestCase | { kind: 'expression' }> | undefined {
  switch (step.kind) {
    case 'send':
    case 'call':
    case 'after':
    case 'given':
      return step;
    default:
      return undefined;
  }
}

/** Parses and links the text as if it stood in the given node. */
function parse<N extends AstNode>(
  services: TwinServices,
  rule: string,
  text: string,
  around: AstNode,
): { readonly node: N } | { readonly problem: string } {
  const result = services.parser.LangiumParser.parse<N>(text, { rule });
  const [syntax] = [...result.lexerErrors, ...result.parserErrors];
  if (syntax !== undefined) return { problem: syntax.message };
  const node = result.value;
  (node as { $container?: AstNode }).$container = around;
  const { references } = AstUtils.getDocument(node);
  const before = references.length;
  const [unresolved] = [node, ...AstUtils.streamAllContents(node)]
    .flatMap((inner) => AstUtils.streamReferences(inner).toArray())
    .flatMap(({ reference }) => {
      void ('ref' in reference ? reference.ref : undefined);
      return reference.error === undefined ? [] : [reference.error.message];
    });
  // Linking notes each reference in the document, which does not have these.
  references.length = before;
  return unresolved === undefined ? { node } : { problem: unresolved };
}

function findNode(services: TwinServices, document: LangiumDocument, id: string): AstNode | undefined {
  for (const part of importClosure(document, services.shared.workspace.LangiumDocuments)) {
    for (const node of AstUtils.streamAllContents(part.parseResult.value)) if (idOf(node) === id) return node;
  }
  return undefined;
}

/** The innermost transition, state, behaviour of a state, fragment, test or behaviour at a place. */
function around(services: TwinServices, document: LangiumDocument, { uri, start }: Place): AstNode | undefined {
  const parts = importClosure(document, services.shared.workspace.LangiumDocuments);
  const part = parts.find((each) => each.uri.toString() === uri);
  const root = part?.parseResult.value.$cstNode;
  if (part === undefined || root === undefined) return undefined;
  const leaf = CstUtils.findLeafNodeAtOffset(root, part.textDocument.offsetAt(start));
  return AstUtils.getContainerOfType(
    leaf?.astNode,
    (node): node is ast.Transition | BehaviourOfState | ast.State | ast.Behaviour | ast.Fragment | ast.TestCase =>
      ast.isTransition(node) ||
      ast.isEntry(node) ||
      ast.isExit(node) ||
      ast.isDoActivity(node) ||
      ast.isState(node) ||
      ast.isBehaviour(node) ||
      ast.isFragment(node) ||
      ast.isTestCase(node),
  );
}
