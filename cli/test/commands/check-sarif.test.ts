/** `pollux check --format sarif` against the parts of SARIF 2.1.0 that readers rely on. */
import { problemCodes } from '@pollux/language-server/language';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from './run-pollux.ts';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId?: string;
}

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: { readonly text: string };
          readonly fullDescription: { readonly text: string };
          readonly defaultConfiguration: { readonly level: string };
          readonly help: { readonly text: string; readonly markdown: string };
        }[];
      };
    };
    readonly originalUriBaseIds: Readonly<Record<string, object>>;
    readonly columnKind: string;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: ArtifactLocation; readonly region: Region };
      }[];
      readonly fixes?: readonly object[];
    }[];
  }[];
}

const texts = {
  'bad one.twin': 'package bad\nsignal Go\nmachine M {\n  initial -> A\n  state A { on Go -> Nowhere }\n}\n',
  'good.twin': 'package good\nsignal Go\nmachine M { initial -> A  state A { on Go -> B }  final B }\n',
  'slip.twin': 'package slip\nsignal Go\nmachine M { initial -> A  state A { on Goo -> A } }\n',
  'warned.twin': 'package warned\nmachine M { initial -> A  state A  state B }\n',
  'noted.twin': 'package noted\ndeployment D { node n { cores 4  memory 8 GiB } }\n',
};

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create(texts);
});
afterAll(() => workspace.remove());

async function log(...files: string[]): Promise<{ readonly code: number; readonly log: Log }> {
  const { code, out, error } = await workspace.run('check', ...files, '--format', 'sarif');
  expect(error).toBe('');
  return { code, log: JSON.parse(out) };
}

/** The only run of the only tool. */
function runOf({ runs }: Log): Log['runs'][number] {
  expect(runs).toHaveLength(1);
  const [run] = runs;
  if (run === undefined) throw new Error('A log has a run.');
  return run;
}

describe('pollux check --format sarif', () => {
  it('names its version, its schema and every kind of finding as a rule with its page', async () => {
    const { code, log: sarif } = await log('good.twin');
    expect(code).toBe(0);
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.$schema).toMatch(/^https:.*sarif-schema-2\.1\.0\.json$/);
    const { tool, columnKind, results } = runOf(sarif);
    expect(columnKind).toBe('utf16CodeUnits');
    expect(results).toEqual([]);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(problemCodes));
    for (const { id, shortDescription, fullDescription, defaultConfiguration, help } of tool.driver.rules) {
      expect(['error', 'warning', 'note'], id).toContain(defaultConfiguration.level);
      for (const text of [shortDescription.text, fullDescription.text, help.text]) expect(text, id).not.toBe('');
      expect(help.markdown, id).toContain(`# ${id}\n`);
    }
  });

  it('places a result by a relative address and a region that counts from one', async () => {
    const { code, log: sarif } = await log('bad one.twin');
    expect(code).toBe(1);
    const { results, originalUriBaseIds } = runOf(sarif);
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      ruleId: 'unresolved-name',
      level: 'error',
      message: { text: expect.stringContaining('Nowhere') },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'bad%20one.twin', uriBaseId: '%SRCROOT%' },
            region: { startLine: 5, startColumn: 22, endLine: 5, endColumn: 29 },
          },
        },
      ],
    });
    expect(Object.keys(originalUriBaseIds)).toEqual(['%SRCROOT%']);
  });

  it('gives each result a rule that exists, a level and a valid place', async () => {
    const { log: sarif } = await log(...Object.keys(texts));
    const { results, tool } = runOf(sarif);
    expect([...new Set(results.map(({ level }) => level))].sort()).toEqual(['error', 'note', 'warning']);
    for (const { ruleId, ruleIndex, locations } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(locations).toHaveLength(1);
      for (const { physicalLocation } of locations) {
        const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
        expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThanOrEqual(1);
        expect(endLine > startLine || (endLine === startLine && endColumn >= startColumn)).toBe(true);
      }
    }
  });

  it('carries what is probably meant as a fix', async () => {
    const { log: sarif } = await log('slip.twin');
    const [result] = runOf(sarif).results.filter(({ ruleId }) => ruleId === 'unresolved-name');
    expect(result?.fixes).toEqual([
      {
        description: { text: 'Write `Go`' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'slip.twin', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 3, startColumn: 40, endLine: 3, endColumn: 43 },
                insertedContent: { text: 'Go' },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('writes the whole address of a file outside the folder', async () => {
    const inner = new Workspace(`${workspace.folder}/inner`);
    const { out } = await inner.run('check', '../warned.twin', '--format', 'sarif');
    const [result] = runOf(JSON.parse(out)).results;
    const { artifactLocation } = result?.locations[0]?.physicalLocation ?? {};
    expect(artifactLocation).toEqual({ uri: expect.stringMatching(/^file:\/\/\/.*\/warned\.twin$/) });
  });

  it('is no format of the other commands', async () => {
    const { code, error } = await workspace.run('simulate', 'good.twin', '--format', 'sarif');
    expect(code).toBe(3);
    expect(error).toContain('Allowed choices are text, json');
  });
});
