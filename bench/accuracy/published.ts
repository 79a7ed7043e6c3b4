/** Cases with figures from closed formulas, published beside the repository; empty where they are not there. */
import { existsSync, readFileSync } from 'node:fs';

export function published<Case>(name: string): readonly Case[] {
  const file = new URL(`../../../shared/conformance/queueing/${name}.json`, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).cases : [];
}
