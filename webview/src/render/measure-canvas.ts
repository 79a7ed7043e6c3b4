/** Measures text with the fonts that the page really has. */
import { type MeasureText, textStyles } from '../diagram/text.ts';

export function canvasMeasure(body: HTMLElement): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('The page has no canvas to measure text with');
  const style = getComputedStyle(body);
  const family = {
    code: style.getPropertyValue('--vscode-editor-font-family').trim() || 'monospace',
    ui: style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif',
  };
  const known = new Map<string, number>();
  return (text, name) => {
    const key = `${name}\n${text}`;
    let width = known.get(key);
    if (width === undefined) {
      const { face, size, weight } = textStyles[name];
      context.font = `${weight} ${size}px ${family[face]}`;
      width = context.measureText(text).width;
      known.set(key, width);
    }
    return width;
  };
}
