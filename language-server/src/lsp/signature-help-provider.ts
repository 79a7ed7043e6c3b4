/** Shows what the brackets around the cursor take, and which of it comes next. */
import { type AstNode, CstUtils, type LangiumDocument } from 'langium';
import type { SignatureHelpProvider } from 'langium/lsp';
import type { SignatureHelp, SignatureHelpParams } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { type CallSite, callSitesAt } from './call-site.ts';
import type { TwinLspServices } from './services.ts';
import { type Signature, signatureOfDeclaration, signatureOfMeasure, signaturesOfFunction } from './signatures.ts';

export class TwinSignatureHelpProvider implements SignatureHelpProvider {
  readonly signatureHelpOptions = { triggerCharacters: ['('], retriggerCharacters: [',', ':'] };
  private readonly services: TwinLspServices;

  constructor(services: TwinLspServices) {
    this.services = services;
  }

  provideSignatureHelp(document: LangiumDocument, { position }: SignatureHelpParams): SignatureHelp | undefined {
    const { textDocument } = document;
    for (const site of callSitesAt(textDocument.getText(), textDocument.offsetAt(position))) {
      const signatures = this.signaturesAt(document, site.nameEnd - 1);
      const active = fitting(signatures, site);
      if (active !== undefined) return helpFor(signatures, active, site);
    }
    return undefined;
  }

  private signaturesAt(document: LangiumDocument, offset: number): Signature[] {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, offset);
    if (leaf === undefined || takesKey(leaf.astNode)) return [];
    if (ast.isMeasure(leaf.astNode)) return signatureOfMeasure(leaf.text);
    const [declaration] = this.services.references.References.findDeclarations(leaf);
    const declared = declaration === undefined ? undefined : signatureOfDeclaration(declaration);
    return declared === undefined ? signaturesOfFunction(leaf.text) : [declared];
  }
}

function helpFor(signatures: readonly Signature[], active: Signature, site: CallSite): SignatureHelp {
  return {
    signatures: signatures.map(({ label, documentation, parameters }) => ({
      label,
      ...(documentation === undefined ? {} : { documentation }),
      parameters: parameters.map((parameter) => ({
        label: [...parameter.label],
        ...(parameter.documentation === undefined ? {} : { documentation: parameter.documentation }),
      })),
    })),
    activeSignature: signatures.indexOf(active),
    activeParameter: activeParameter(active, site),
  };
}

/** `to Order(key)`: the brackets hold a key, no parameters. */
function takesKey(node: AstNode): boolean {
  return ast.isSendTarget(node);
}

/** The one that has the names written so far; where none is written yet, the first; by position, the last. */
function fitting(signatures: readonly Signature[], { labels, hasUnnamed }: CallSite): Signature | undefined {
  const named = signatures.find(({ parameters }) =>
    labels.some((label) => parameters.some(({ name }) => name === label)),
  );
  return named ?? (hasUnnamed ? signatures.at(-1) : signatures[0]);
}

/** Where the last parameter may be repeated, it stays the one. */
function activeParameter({ parameters, label }: Signature, site: CallSite): number {
  const named = parameters.findIndex(({ name }) => name === site.label);
  if (named !== -1) return named;
  return label.includes('…') ? Math.min(site.index, parameters.length - 1) : site.index;
}
