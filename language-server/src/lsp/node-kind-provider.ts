/** Icons: which symbol and completion kind stands for each kind of element. */
import { type AstNode, type AstNodeDescription, isAstNodeDescription } from 'langium';
import { DefaultNodeKindProvider } from 'langium/lsp';
import { CompletionItemKind, SymbolKind } from 'vscode-languageserver';
import type { NamedType } from './named-type.ts';

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

const kinds: Readonly<Record<NamedType, Kinds>> = {
  AcceptNode: event,
  AcquireNode: step,
  ActionNode: step,
  Activity: behaviour,
  Actor: variable,
  Alt: place,
  Assertion: place,
  Attribute: property,
  BackgroundLoad: property,
  Binding: variable,
  Break: place,
  BufferNode: step,
  BuiltInFunction: { symbol: SymbolKind.Function, completion: CompletionItemKind.Function },
  BuiltInName: { symbol: SymbolKind.Constant, completion: CompletionItemKind.Constant },
  BuiltInProperty: property,
  Choice: vertex,
  Classification: { symbol: SymbolKind.Key, completion: CompletionItemKind.Keyword },
  Component: { symbol: SymbolKind.Module, completion: CompletionItemKind.Module },
  Config: property,
  Consider: place,
  Critical: place,
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
  Ignore: place,
  Interaction: behaviour,
  InterruptibleRegion: place,
  Join: vertex,
  Junction: vertex,
  Lifeline: variable,
  Literal: vertex,
  Loop: place,
  LoopVariable: variable,
  Machine: type,
  Merge: step,
  Neg: place,
  Node: { symbol: SymbolKind.Object, completion: CompletionItemKind.Struct },
  Operation: { symbol: SymbolKind.Method, completion: CompletionItemKind.Method },
  Opt: place,
  Par: place,
  Parameter: variable,
  Partition: place,
  Policy: { symbol: SymbolKind.Interface, completion: CompletionItemKind.Interface },
  Region: place,
  ReleaseNode: step,
  Resource: { symbol: SymbolKind.Object, completion: CompletionItemKind.Struct },
  Scenario: behaviour,
  SendNode: event,
  Seq: place,
  Signal: event,
  State: vertex,
  Strict: place,
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
    return kindsOf(node)?.symbol ?? SymbolKind.Field;
  }

  override getCompletionItemKind(node: AstNode | AstNodeDescription): CompletionItemKind {
    return kindsOf(node)?.completion ?? CompletionItemKind.Reference;
  }
}

function kindsOf(node: AstNode | AstNodeDescription): Kinds | undefined {
  const type = isAstNodeDescription(node) ? node.type : node.$type;
  return Object.hasOwn(kinds, type) ? kinds[type as NamedType] : undefined;
}
