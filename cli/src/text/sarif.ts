/** Problems in SARIF 2.1.0, the form in which code hosts and CI take the findings of a check. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Place } from '@pollux/engine/model';
import { type Problem, type ProblemDeclaration, problemCodes, problemPage } from '@pollux/language-server/language';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels = { error: 'error', warning: 'warning', information: 'note' } as const;

/** What relative addresses are relative to; whoever reads the log knows where the folder is. */
const base = '%SRCROOT%';

export function sarif(problems: readonly Problem[], folder: string): string {
  const codes = Object.keys(problemCodes);
  const results = problems.map((problem) => ({
    ...resultOf({ ...problem, rule: problem.code }, codes, folder),
    ...fixesOf(problem, folder),
  }));
  return sarifLog(Object.entries(problemCodes).map(ruleOf), results);
}

interface SarifFinding {
  readonly rule: string;
  readonly severity: keyof typeof levels;
  readonly message: string;
  readonly place: Place;
}

/** `rules`: all of them by id, in the order of the log. */
export function resultOf({ rule, severity, message, place }: SarifFinding, rules: readonly string[], folder: string) {
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: artifact(place.uri, folder), region: region(place) } }],
  };
}

export function levelOf(severity: keyof typeof levels): string {
  return levels[severity];
}

/** One run of the tool. */
export function sarifLog(rules: readonly object[], results: readonly object[]): string {
  const run = {
    tool: { driver: { name: 'pollux', rules } },
    originalUriBaseIds: { [base]: { description: { text: 'The folder that pollux ran in.' } } },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true }],
    results,
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function ruleOf([code, declaration]: [string, ProblemDeclaration]): object {
  const { meaning, severity, why } = declaration;
  return {
    id: code,
    shortDescription: { text: meaning },
    fullDescription: { text: `${meaning} ${why.replaceAll('\n', ' ')}` },
    defaultConfiguration: { level: levels[severity] },
    help: { text: why, markdown: problemPage(code, declaration) },
  };
}

/** Only what is probably meant: whoever applies the fixes of a log does not choose. */
function fixesOf({ fixes }: Problem, folder: string): object {
  const offered = fixes?.().filter(({ certainty }) => certainty !== 'possible') ?? [];
  if (offered.length === 0) return {};
  return {
    fixes: offered.map(({ title, edits }) => ({
      description: { text: title },
      artifactChanges: [...new Set(edits.map(({ place }) => place.uri))].map((uri) => ({
        artifactLocation: artifact(uri, folder),
        replacements: edits
          .filter(({ place }) => place.uri === uri)
          .map(({ place, text }) => ({ deletedRegion: region(place), insertedContent: { text } })),
      })),
    })),
  };
}

/** Relative to the folder where the file lies in it; by its whole address elsewhere. */
function artifact(uri: string, folder: string): object {
  if (!uri.startsWith('file:')) return { uri };
  const address = pathToFileURL(fileURLToPath(uri)).href;
  const root = pathToFileURL(`${folder}/`).href;
  return address.startsWith(root) ? { uri: address.slice(root.length), uriBaseId: base } : { uri: address };
}

function region({ start, end }: Place): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
