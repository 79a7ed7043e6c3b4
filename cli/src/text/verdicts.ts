/** Verdicts as one word with a mark that also reads without colour. */
import type { Paint } from './paint.ts';

export function verdictWord(verdict: 'met' | 'missed' | 'undecided', paint: Paint): string {
  if (verdict === 'met') return paint.good('✓ met');
  return verdict === 'missed' ? paint.bad('✗ missed') : paint.doubtful('? undecided');
}
