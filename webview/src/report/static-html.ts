/**
 * Templates of the panels as text, for a page without a script: what reacts to a person is left out, what is set on a node becomes an
 * attribute. Knows nothing of what the templates show.
 */
import { nothing, type TemplateResult } from 'lit';

export function staticHtml(value: unknown): string {
  if (value === nothing || value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(staticHtml).join('');
  if (isTemplate(value)) return render(value);
  return escaped(String(value));
}

function isTemplate(value: unknown): value is TemplateResult {
  return typeof value === 'object' && value !== null && '_$litType$' in value;
}

/** `name=` before an expression that is the whole value: `?` a flag, `.` a property, `@` a listener. */
const wholeAttribute = /\s([.?@]?)([\w:-]+)=$/;

function render({ strings, values }: TemplateResult): string {
  let text = '';
  let isInTag = false;
  strings.forEach((part, index) => {
    isInTag = endsInTag(part, isInTag);
    text += part;
    if (index >= values.length) return;
    const value = values[index];
    const whole = isInTag ? wholeAttribute.exec(part) : null;
    if (whole !== null) text = text.slice(0, -whole[0].length) + attribute(whole[1] ?? '', whole[2] ?? '', value);
    else text += isInTag ? attributeText(value) : staticHtml(value);
  });
  return text;
}

function endsInTag(part: string, before: boolean): boolean {
  const opened = part.lastIndexOf('<');
  const closed = part.lastIndexOf('>');
  return opened === closed ? before : opened > closed;
}

/** Properties that show; the others mean something to a script only. */
const shown: ReadonlySet<string> = new Set(['style', 'value']);

function attribute(kind: string, name: string, value: unknown): string {
  if (kind === '@' || value === nothing || value === undefined || value === null) return '';
  if (kind === '?') return value ? ` ${name}` : '';
  if (kind === '.' && !shown.has(name)) return '';
  return ` ${name}="${attributeText(value)}"`;
}

function attributeText(value: unknown): string {
  return value === nothing || value === undefined || value === null ? '' : escaped(String(value));
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
