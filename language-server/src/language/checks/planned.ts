/** Says once, where it begins, that a construct of the design is not part of this version. */
import type { LangiumDocument } from 'langium';
import { type PlannedConstruct, plannedIn } from '../parser/planned-constructs.ts';
import { collectProblems, type Problem } from '../problems/problem.ts';

export function findPlanned(document: LangiumDocument): Problem[] {
  const { problems, report } = collectProblems();
  for (const { name, changesRuns, token } of plannedIn(document).constructs) {
    const { startOffset, image } = token;
    const start = document.textDocument.positionAt(startOffset);
    const end = document.textDocument.positionAt(startOffset + image.length);
    const code = changesRuns ? 'not-in-this-version' : 'not-executable-yet';
    report(code, { uri: document.uri.toString(), start, end }, messageFor(name, changesRuns));
  }
  return problems;
}

function messageFor(name: PlannedConstruct['name'], changesRuns: boolean): string {
  const fact = `\`${name}\` is not part of this version of the language yet`;
  return changesRuns
    ? `${fact}. It is left out, and the rest is read without it; remove it to run the model.`
    : `${fact}: it is left out and judges nothing.`;
}
