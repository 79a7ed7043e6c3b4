/** The results panel: verdicts, what was compared, swept and answered, how it went over time, every measure with its interval. */
import type { Model } from '@pollux/engine/model';
import { formatAge } from '@pollux/engine/numeric';
import type { SimulationResult } from '@pollux/engine/simulation';
import { html, nothing, render, type TemplateResult } from 'lit';
import { askOfResults, reveal } from '../protocol/index.ts';
import type { Host } from './host.ts';
import { emptyState, type PageState } from './page-state.ts';
import { resultsBody } from './results-body.ts';
import { sourceDot } from './signs.ts';
import { decidingReplications } from './undecided.ts';
import { verdictStrip } from './verdict-strip.ts';

export class ResultsPanel {
  private readonly host: Host;
  private readonly root: HTMLElement;
  private state: PageState = emptyState;
  /** The moment that the reader looks at. */
  private at_s: number | null = null;

  constructor(host: Host, root: HTMLElement) {
    this.host = host;
    this.root = root;
    root.className = 'page';
    new ResizeObserver(() => this.paint()).observe(root);
  }

  /** It always has drawn what it was told. */
  drawNow(): boolean {
    return true;
  }

  receive(news: Partial<PageState>): void {
    const { result, experiments } = this.state;
    this.state = { ...this.state, ...news };
    if (this.state.result.result !== result.result) this.at_s = null;
    this.paint();
    // An answer stands at the top, wherever the reader was in what stood there before.
    const isAnswered = news.experiments !== undefined && !isSame(news.experiments, experiments);
    if (isAnswered || (news.result !== undefined && news.result.scenario !== result.scenario))
      this.root.querySelector('.results')?.scrollTo({ top: 0 });
  }

  private paint(): void {
    const { result, model, progress } = this.state;
    const run = result.result;
    render(
      html`<header class="toolbar">
          <span class="code">${result.scenario === '' ? 'Results' : result.scenario}</span>
          ${run === null ? nothing : html`<span class="source">${sourceDot('simulated')} <span class="run-words" title=${runWords(run)}>${runWords(run)}</span></span>`}
          <span class="space"></span>
          ${run === null ? nothing : this.tools(run, model?.model ?? null)}
        </header>
        ${run === null ? nothing : verdictStrip(run.expectations, false)}
        ${run === null ? nothing : this.undecided(run)}
        ${progress === null ? nothing : html`<div class="strip" role="status">${progressWords(progress)} <progress max="100" value=${Math.round(progress.share * 100)} aria-label="How far it is"></progress></div>`}
        <main class="results">${run === null ? empty(progress !== null) : this.body(run, model?.model ?? null)}</main>`,
      this.root,
    );
  }

  private tools(run: SimulationResult, model: Model | null): TemplateResult {
    const scenario = model?.scenarios.find(({ id }) => id === run.scenario);
    const ask = (kind: 'compare' | 'sweep' | 'explain' | 'report', text: string): TemplateResult =>
      html`<button class="link" @click=${() => this.host.send(askOfResults, { kind })}>${text}</button>`;
    return html`${ask('compare', 'Compare with…')}
      ${scenario === undefined || scenario.variations.length === 0 ? nothing : ask('sweep', 'Sweep')}
      ${ask('explain', 'What would it take?')} ${ask('report', 'Export report')}`;
  }

  /** The number of runs that would decide what is undecided. */
  private undecided(run: SimulationResult): TemplateResult | typeof nothing {
    const wanted = decidingReplications(run);
    if (wanted === null) return nothing;
    const more = wanted - run.replications;
    return html`<div class="strip">
      <span>Undecided: an interval spans its bound.</span>
      <button class="link" @click=${() => this.host.send(askOfResults, { kind: 'run', replications: wanted })}>Run ${more} more ${more === 1 ? 'replication' : 'replications'} to decide</button>
    </div>`;
  }

  private body(run: SimulationResult, model: Model | null): TemplateResult {
    const { comparison, sweep, answers } = this.state.experiments;
    const facts = { run, comparison, sweep, answers, model };
    return resultsBody(facts, {
      link: (element, text) =>
        html`<button title="Show in the text" @click=${() => this.host.send(reveal, { element })}>${text}</button>`,
      at_s: this.at_s,
      seek: (seconds) => {
        this.at_s = seconds;
        this.paint();
      },
      width: Math.max(320, this.root.clientWidth - 32),
    });
  }
}

function isSame(one: PageState['experiments'], other: PageState['experiments']): boolean {
  return one.comparison === other.comparison && one.sweep === other.sweep && one.answers === other.answers;
}

function progressWords({ replication, replications, label }: NonNullable<PageState['progress']>): string {
  return label ?? `Simulating, replication ${Math.min(replication + 1, replications)} of ${replications}`;
}

function runWords({ replications, simulated_s, seed }: SimulationResult): string {
  return `${replications} ${replications === 1 ? 'replication' : 'replications'}, ${formatAge(simulated_s)} simulated, seed ${seed}`;
}

function empty(running: boolean): TemplateResult | typeof nothing {
  if (running) return nothing;
  return html`<div class="message"><h2>No run yet.</h2><p>Run a scenario of the model: command <span class="code">Pollux: Run Scenario…</span></p></div>`;
}
