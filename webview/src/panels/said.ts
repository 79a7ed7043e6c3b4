/** A sentence of the engine on a page: what it quotes from the text in backticks is set as code. */
import { html, type TemplateResult } from 'lit';

export function said(sentence: string): TemplateResult {
  const parts = sentence.split('`');
  // A lone backtick quotes nothing.
  if (parts.length % 2 === 0) return html`${sentence}`;
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : html`<span class="code">${part}</span>`))}`;
}
