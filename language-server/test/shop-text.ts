/** The sample that everybody keeps in mind. */
import { readFileSync } from 'node:fs';

export const shopText = readFileSync(new URL('../../samples/shop/shop.twin', import.meta.url), 'utf8');
