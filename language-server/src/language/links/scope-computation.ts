/** Precomputes nothing: scopes look names up where they are declared, and files see each other by import only. */
import { type AstNodeDescription, EMPTY_STREAM, type LangiumDocument, type ScopeComputation } from 'langium';

export class TwinScopeComputation implements ScopeComputation {
  async collectExportedSymbols(): Promise<AstNodeDescription[]> {
    return [];
  }

  async collectLocalSymbols(): Promise<NonNullable<LangiumDocument['localSymbols']>> {
    return { has: () => false, getStream: () => EMPTY_STREAM };
  }
}
