/**
 * The tests of the models in the Test Explorer: found in the models that the server sends, run in a thread, their failures at the
 * lines of the steps that failed. Decides nothing about verdicts.
 */
import type { ElementId, Model } from '@pollux/engine/model';
import type { TestResult } from '@pollux/engine/testing';
import { runTestsInWorker } from '@pollux/runtime';
import * as vscode from 'vscode';
import type { ModelEntry } from '../editing/model-store.ts';
import type { Models } from '../editing/server-models.ts';
import { guarded, type Log } from '../guarded.ts';
import { locationOf, rangeOf } from '../place.ts';
import { requireTrust } from '../trust.ts';
import { debugTest } from './debug-test.ts';
import { type FileCoverage, fileCoverage } from './file-coverage.ts';
import { testPlaces } from './test-places.ts';
import { runOutput, shownVerdict } from './test-verdict.ts';

export class TestExplorer {
  readonly #models: Models;
  readonly #log: Log;
  readonly #controller = vscode.tests.createTestController('pollux', 'Pollux');
  readonly #subscriptions: vscode.Disposable[];
  readonly #coverage = new WeakMap<vscode.FileCoverage, FileCoverage>();

  constructor(models: Models, log: Log) {
    this.#models = models;
    this.#log = log;
    const controller = this.#controller;
    const run = (withCoverage: boolean) => async (request: vscode.TestRunRequest, token: vscode.CancellationToken) => {
      await guarded(log, 'Running tests', () => this.#run(request, token, withCoverage));
    };
    controller.createRunProfile('Run', vscode.TestRunProfileKind.Run, run(false), true);
    controller.createRunProfile(
      'Debug',
      vscode.TestRunProfileKind.Debug,
      async (request, token) => {
        await guarded(log, 'Debugging tests', () => this.#debug(request, token));
      },
      true,
    );
    const profile = controller.createRunProfile('Coverage', vscode.TestRunProfileKind.Coverage, run(true), true);
    profile.loadDetailedCoverage = async (_, coverage) => this.#detailsOf(coverage);
    controller.refreshHandler = () => this.#find();
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.twin', true, true, false);
    this.#subscriptions = [
      controller,
      watcher,
      watcher.onDidDelete((uri) => controller.items.delete(uri.toString())),
      models.onDidChange((entry) => this.#show(entry)),
    ];
    for (const entry of models.store.entries()) this.#show(entry);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** One test, as the lens above it asks. Answers its result; null where nothing was run. */
  async runTest(uri: string, id: ElementId): Promise<TestResult | null> {
    const item = this.#controller.items.get(uri)?.children.get(id);
    if (item === undefined) return null;
    const [result] = await this.#run(
      new vscode.TestRunRequest([item]),
      new vscode.CancellationTokenSource().token,
      false,
    );
    return result ?? null;
  }

  /** One test, as the lens above it asks; false where it was not debugged. */
  async debugTest(uri: string, id: ElementId): Promise<boolean> {
    const item = this.#controller.items.get(uri)?.children.get(id);
    if (item === undefined) return false;
    return this.#debug(new vscode.TestRunRequest([item]), new vscode.CancellationTokenSource().token);
  }

  /** One after the other, each in a session of its own; the verdicts are those of a run. False where none was begun. */
  async #debug(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<boolean> {
    let isBegun = false;
    const ran = await this.#run(request, token, false, (uri, test) =>
      debugTest(uri, test, token).then((began) => {
        isBegun ||= began;
      }),
    );
    return isBegun && ran.length > 0;
  }

  async #find(): Promise<void> {
    const found = await vscode.workspace.findFiles('**/*.twin', '**/node_modules/**');
    await Promise.all(found.map((uri) => this.#models.store.pull(uri.toString())));
  }

  /** A text that cannot be read now keeps the tests that it had. */
  #show({ uri, current, broken }: ModelEntry): void {
    const tests = current === null ? [] : testPlaces(current, uri);
    if (current === null && broken !== undefined) return;
    const { items } = this.#controller;
    if (tests.length === 0) {
      items.delete(uri);
      return;
    }
    const target = vscode.Uri.parse(uri);
    const file =
      items.get(uri) ?? this.#controller.createTestItem(uri, vscode.workspace.asRelativePath(target), target);
    items.add(file);
    const shown = tests.map(({ id, name, of, place, documentation }) => {
      const item = file.children.get(id) ?? this.#controller.createTestItem(id, name, target);
      item.label = name;
      item.range = rangeOf(place);
      item.description = `of ${of}`;
      item.sortText = String(place.start.line).padStart(8, '0');
      if (documentation !== undefined) item.description += ` – ${documentation.split('\n')[0]}`;
      return item;
    });
    file.children.replace(shown);
  }

  async #run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    withCoverage: boolean,
    debug?: (uri: string, test: ElementId) => Promise<void>,
  ): Promise<readonly TestResult[]> {
    if (!(await requireTrust('Running a test'))) return [];
    const run = this.#controller.createTestRun(request);
    const abort = new AbortController();
    const subscriptions = [token, run.token].map((each) => each.onCancellationRequested(() => abort.abort()));
    const results: TestResult[] = [];
    try {
      const wanted = this.#wanted(request);
      for (const { items } of wanted) for (const item of items.values()) run.enqueued(item);
      for (const { uri, items } of wanted) {
        if (abort.signal.aborted) break;
        results.push(...(await this.#runFile(run, uri, items, abort.signal)));
        for (const id of debug === undefined ? [] : items.keys()) {
          if (!abort.signal.aborted) await debug?.(uri, id);
        }
      }
      if (withCoverage) this.#addCoverage(run, results);
    } finally {
      for (const each of subscriptions) each.dispose();
      run.end();
    }
    this.#log.info(`${results.length} tests: ${results.filter(({ verdict }) => verdict === 'pass').length} passed`);
    return results;
  }

  async #runFile(
    run: vscode.TestRun,
    uri: string,
    items: ReadonlyMap<ElementId, vscode.TestItem>,
    signal: AbortSignal,
  ): Promise<readonly TestResult[]> {
    const model = await this.#modelOf(uri);
    if (typeof model === 'string') {
      for (const item of items.values()) run.errored(item, new vscode.TestMessage(model));
      return [];
    }
    const results: TestResult[] = [];
    let running: { readonly id: ElementId; readonly since: number } | null = null;
    await runTestsInWorker(model, [...items.keys()], {
      signal,
      onStart: (id) => {
        const item = items.get(id);
        running = { id, since: Date.now() };
        if (item !== undefined) run.started(item);
      },
      onResult: (result) => {
        const item = items.get(result.test);
        if (item === undefined) return;
        results.push(result);
        tell(run, item, result, running === null ? undefined : Date.now() - running.since);
        running = null;
      },
    });
    return results;
  }

  /** The model, or why its tests cannot be run. */
  async #modelOf(uri: string): Promise<Model | string> {
    const entry = this.#models.store.get(uri) ?? (await this.#models.store.pull(uri));
    if (entry?.broken !== undefined) {
      return `The text has errors, so its tests say nothing: line ${entry.broken.line + 1}: ${entry.broken.message}`;
    }
    return entry?.model ?? 'The text has no model: mend its errors first.';
  }

  /** By text; a text stands for its tests, nothing at all for everything. */
  #wanted({ include, exclude = [] }: vscode.TestRunRequest) {
    const chosen = include ?? childrenOf(this.#controller.items);
    const tests = chosen.flatMap((item) => (item.parent === undefined ? childrenOf(item.children) : [item]));
    const left = tests.filter((item) => !exclude.some((each) => each === item || each === item.parent));
    const byFile = Map.groupBy(left, (item) => item.parent?.id ?? '');
    return [...byFile].map(([uri, items]) => ({ uri, items: new Map(items.map((item) => [item.id, item])) }));
  }

  #addCoverage(run: vscode.TestRun, results: readonly TestResult[]): void {
    for (const covered of fileCoverage(results)) {
      const coverage = vscode.FileCoverage.fromDetails(vscode.Uri.parse(covered.uri), details(covered));
      this.#coverage.set(coverage, covered);
      run.addCoverage(coverage);
    }
  }

  #detailsOf(coverage: vscode.FileCoverage): vscode.FileCoverageDetail[] {
    const covered = this.#coverage.get(coverage);
    return covered === undefined ? [] : details(covered);
  }
}

/** States are what is declared, transitions what is done. */
function details({ states, transitions }: FileCoverage): vscode.FileCoverageDetail[] {
  return [
    ...states.map(({ name, place, count }) => new vscode.DeclarationCoverage(name, count, rangeOf(place))),
    ...transitions.map(({ place, count }) => new vscode.StatementCoverage(count, rangeOf(place))),
  ];
}

function tell(run: vscode.TestRun, item: vscode.TestItem, result: TestResult, duration: number | undefined): void {
  run.appendOutput(runOutput(result), undefined, item);
  const verdict = shownVerdict(result);
  if (verdict.kind === 'passed') {
    run.passed(item, duration);
    return;
  }
  const { message, expected, found, place } = verdict;
  const said =
    expected === null ? new vscode.TestMessage(message) : vscode.TestMessage.diff(message, expected, found ?? '');
  if (place !== null) said.location = locationOf(place);
  else if (item.uri !== undefined && item.range !== undefined)
    said.location = new vscode.Location(item.uri, item.range);
  run[verdict.kind](item, said, duration);
}

function childrenOf(items: vscode.TestItemCollection): vscode.TestItem[] {
  const found = [...items].map(([, item]) => item);
  return found.sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}
