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

const step: Kinds = { symbol: SymbolKind.Field, completion: CompletionItemKind.Field };
const data: Kinds = { symbol: SymbolKind.Struct, completion: CompletionItemKind.Struct };
const property: Kinds = { symbol: SymbolKind.Property, completion: CompletionItemKind.Property };
const event: Kinds = { symbol: SymbolKind.Event, completion: CompletionItemKind.Event };

const kinds: Readonly<Record<string, Kinds>> = {
  AcceptNode: event,
  AcquireNode: step,
  ActionNode: step,
  Activity: behaviour,
  Actor: variable,
  Attribute: property,
  Binding: variable,
  BufferNode: step,
  BuiltInFunction: { symbol: SymbolKind.Function, completion: CompletionItemKind.Function },
  BuiltInName: { symbol: SymbolKind.Constant, completion: CompletionItemKind.Constant },
  BuiltInProperty: property,
  Choice: vertex,
  Classification: { symbol: SymbolKind.Key, completion: CompletionItemKind.Keyword },
  Component: { symbol: SymbolKind.Module, completion: CompletionItemKind.Module },
  DataType: data,
  Decision: step,
  Deployment: place,
  EntryPoint: vertex,
  Enumeration: { symbol: SymbolKind.Enum, completion: CompletionItemKind.Enum },
  ExitPoint: vertex,
  Expectation: { symbol: SymbolKind.Boolean, completion: CompletionItemKind.Value },
  Final: vertex,
  FlowFinal: step,
  Fork: vertex,
  History: vertex,
  Interaction: behaviour,
  InterruptibleRegion: place,
  Join: vertex,
  Junction: vertex,
  Lifeline: variable,
  Literal: vertex,
  LoopVariable: variable,
  Machine: type,
  Merge: step,
  Node: { symbol: SymbolKind.Object, completion: CompletionItemKind.Struct },
  Operation: { symbol: SymbolKind.Method, completion: CompletionItemKind.Method },
  Parameter: variable,
  Partition: place,
  Policy: { symbol: SymbolKind.Interface, completion: CompletionItemKind.Interface },
  Region: place,
  ReleaseNode: step,
  Resource: { symbol: SymbolKind.Object, completion: CompletionItemKind.Struct },
  Scenario: behaviour,
  SendNode: event,
  Signal: event,
  State: vertex,
  StructuredNode: place,
  Terminate: vertex,
  TestCase: { symbol: SymbolKind.Function, completion: CompletionItemKind.Function },
  Topic: event,
  Twin: { symbol: SymbolKind.Interface, completion: CompletionItemKind.Interface },
  Variable: variable,
  Version: { symbol: SymbolKind.Package, completion: CompletionItemKind.Module },
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
