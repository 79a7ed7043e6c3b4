/** What each word means, and the snippet that completion inserts for it. One table for hover, completion and the editor's snippets. */
import { actionsWords } from './actions-words.ts';
import { activitiesWords } from './activities-words.ts';
import { componentsWords } from './components-words.ts';
import { deploymentsWords } from './deployments-words.ts';
import { expressionsWords } from './expressions-words.ts';
import { interactionsWords } from './interactions-words.ts';
import type { KeywordMeaning } from './keyword-meaning.ts';
import { machinesWords } from './machines-words.ts';
import { propertiesWords } from './properties-words.ts';
import { scenariosWords } from './scenarios-words.ts';
import { testsWords } from './tests-words.ts';
import { twinsWords } from './twins-words.ts';
import { typesWords } from './types-words.ts';

/** By word; `Rule.word` where a word means something else in one rule of the grammar. */
export const keywordMeanings: Readonly<Record<string, KeywordMeaning>> = {
  ...typesWords,
  ...expressionsWords,
  ...machinesWords,
  ...actionsWords,
  ...componentsWords,
  ...activitiesWords,
  ...interactionsWords,
  ...deploymentsWords,
  ...scenariosWords,
  ...propertiesWords,
  ...twinsWords,
  ...testsWords,
};

/** The meaning of a word in a rule of the grammar. */
export function meaningOf(word: string, rule: string | undefined): KeywordMeaning | undefined {
  return (
    keywordMeanings[`${rule ?? ''}.${word}`] ??
    (Object.hasOwn(keywordMeanings, word) ? keywordMeanings[word] : undefined)
  );
}

/** A snippet in the notation of the Language Server Protocol. */
export function snippetText(snippet: string): string {
  return snippet.replace(/<(\d):([^<>]*)>/g, (_, stop: string, text: string) => `\${${stop}:${text}}`);
}
