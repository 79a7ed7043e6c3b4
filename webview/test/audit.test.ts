import { describe, expect, it } from 'vitest';
import { audit } from '../src/diagram/audit.ts';

const text = (x: number, y: number, order = 1, said = 'text') => ({
  text: said,
  box: { x, y, width: 40, height: 10 },
  order,
});
const stroke = (y: number, order = 0) => ({
  what: 'line',
  points: [
    { x: 0, y },
    { x: 100, y },
  ],
  halfWidth: 0.6,
  order,
});

describe('the audit', () => {
  it('finds a line through a text', () => {
    expect(audit({ texts: [text(10, 10)], strokes: [stroke(15)], plates: [] })).toMatchObject([
      { text: 'text', meets: 'stroke', with: 'line' },
    ]);
  });

  it('counts the width of a stroke', () => {
    const ribbon = { ...stroke(26), halfWidth: 7 };
    expect(audit({ texts: [text(10, 10)], strokes: [ribbon], plates: [] })).toHaveLength(1);
  });

  it('finds two texts that meet, once', () => {
    expect(audit({ texts: [text(0, 0), text(30, 5, 2, 'other')], strokes: [], plates: [] })).toMatchObject([
      { meets: 'text', with: 'other' },
    ]);
  });

  it('finds a text that leaves the picture', () => {
    const bounds = { x: 0, y: 0, width: 30, height: 30 };
    expect(audit({ texts: [text(0, 0)], strokes: [], plates: [], bounds })).toMatchObject([{ meets: 'edge' }]);
  });

  it('lets a plate hide what was drawn before it, and nothing else', () => {
    const plate = { box: { x: 5, y: 5, width: 60, height: 20 }, order: 1 };
    expect(audit({ texts: [text(10, 10, 2)], strokes: [stroke(15, 0)], plates: [plate] })).toEqual([]);
    expect(audit({ texts: [text(10, 10, 2)], strokes: [stroke(15, 3)], plates: [plate] })).toHaveLength(1);
  });

  it('is content with a text beside a line', () => {
    expect(audit({ texts: [text(10, 10)], strokes: [stroke(30)], plates: [] })).toEqual([]);
  });
});
