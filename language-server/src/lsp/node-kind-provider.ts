/** Icons: which symbol and completion kind stands for each kind of element. */
import { type AstNode, type AstNodeDescription, isAstNodeDescription } from 'langium';
import { DefaultNodeKindProvider } from 'langium/lsp';
import { CompletionItemKind, SymbolKind } from 'vscode-languageserver';

interface Kinds {
  readonly symbol: SymbolKind;
  readonly completion: CompletionItemKind;
}

const variable: Kinds = { symbol: SymbolKind.Variable, completion: CompletionItemKind.Variable };
const vertex: Kinds = { symbol: SymbolKind.EnumMember, completion: CompletionItemKind.EnumMember };
const type: Kinds = { symbol: SymbolKind.Class, completion: CompletionItemKind.Class };
const behaviour: Kinds = { symbol: SymbolKind.Function, completion: CompletionItemKind.Function };
const place: Kinds = { symbol: SymbolKind.Namespace, completion: CompletionItemKind.Module };

const kinds: Readonly<Record<string, Kinds>> = {
  Actor: variable,
  Binding: variable,
  BuiltInName: { symbol: SymbolKind.Constant, completion: CompletionItemKind.Constant },
  Choice: vertex,
  Component: { symbol: SymbolKind.Module, completion: CompletionItemKind.Module },
  Deployment: place,
  Enumeration: { symbol: SymbolKind.Enum, completion: CompletionItemKind.Enum },
  Expectation: { symbol: SymbolKind.Boolean, completion: CompletionItemKind.Value },
  Final: vertex,
  Interaction: behaviour,
  Junction: vertex,
  Lifeline: variable,
  Literal: vertex,
  Machine: type,
  Node: { symbol: SymbolKind.Object, completion: CompletionItemKind.Struct },
  Operation: { symbol: SymbolKind.Method, completion: CompletionItemKind.Method },
  Parameter: variable,
  Region: place,
  Scenario: behaviour,
  Signal: { symbol: SymbolKind.Event, completion: CompletionItemKind.Event },
  State: vertex,
  Twin: { symbol: SymbolKind.Interface, completion: CompletionItemKind.Interface },
  Variable: variable,
  Zone: place,
};

export class TwinNodeKindProvider extends DefaultNodeKindProvider {
  override getSymbolKind(node: AstNode | AstNodeDescription): SymbolKind {
    return kinds[typeOf(node)]?.symbol ?? SymbolKind.Field;
  }

  override getCompletionItemKind(node: AstNode | AstNodeDescription): CompletionItemKind {
    return kinds[typeOf(node)]?.completion ?? CompletionItemKind.Reference;
  }
}

function typeOf(node: AstNode | AstNodeDescription): string {
  return isAstNodeDescription(node) ? node.type : node.$type;
}
