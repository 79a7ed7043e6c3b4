/**
 * The diagram panel: holds the last snapshots, lays out on a change of the model, paints figures at most four times a
 * second. All drawing is elsewhere; all truth is in the host.
 */
import type { ElementId, Model, Scenario } from '@pollux/engine/model';
import type { Divergence } from '@pollux/engine/twin';
import { html, nothing, render } from 'lit';
import {
  type DiagramEntry,
  diagramContent,
  diagramOfScenario,
  diagramShowing,
  diagramsOf,
} from '../diagram/catalogue.ts';
import type { Box, Size } from '../diagram/geometry.ts';
import { Layout, type LayoutEngine } from '../diagram/layout.ts';
import { placeDiagram } from '../diagram/placed-diagram.ts';
import type { MeasureText } from '../diagram/text.ts';
import { goToLine, type RunSteering, reveal, steerRun } from '../protocol/index.ts';
import { describeFigures, liveOverlay, type Overlay, placesOf, simulatedOverlay } from '../render/overlay.ts';
import { runOverlay } from '../render/run-overlay.ts';
import { type LaidOut, notationScene, overlayScene } from '../render/scene.ts';
import { inTextOrder } from '../render/text-order.ts';
import { Canvas } from './canvas.ts';
import { card, cardPlace } from './card.ts';
import { canvasMessages, errorBar } from './conditions.ts';
import { divergenceList } from './divergence-list.ts';
import { heading } from './heading.ts';
import type { Host } from './host.ts';
import { legend } from './legend.ts';
import { type Choices, emptyState, type Mode, type PageState, restoredChoices } from './page-state.ts';
import { runBar } from './run-bar.ts';
import { runControls } from './run-controls.ts';
import { menuEntries, runMenu } from './run-menu.ts';
import { formatMoment } from './time-axis.ts';
import { toolbar } from './toolbar.ts';
import { verdictStrip } from './verdict-strip.ts';

/** At most four repaints of figures a second. */
const repaintInterval = 250;
/** From here on the list stands beside the canvas, below it lies over it. */
const wide = 960;

/** Milliseconds in which an answer of the host is expected. */
const patience = 1000;

const nothingDrawn = { width: 0, height: 0, groups: [] };

const runNotes = {
  machine: 'Counters: instances now. Rates: of the window.',
  activity: 'Counters: in progress, mean of the window. Times: of what ended in it.',
  interaction: 'Latencies: of what ended in the window.',
  deployment: 'Means and rates of the window.',
} as const;

const liveNotes = {
  machine: 'Counters: instances now. Rates: mean of the window.',
  activity: 'Times: p95 of the window.',
  interaction: 'Latencies: p95 of the window.',
  deployment: 'Rates and p95: of the window.',
} as const;

export class DiagramPanel {
  private readonly host: Host;
  private readonly root: HTMLElement;
  private readonly measure: MeasureText;
  private readonly layout: Layout;
  private readonly canvas: Canvas;
  private readonly top: HTMLElement;
  private readonly side: HTMLElement;
  private readonly bottom: HTMLElement;
  private readonly foot: HTMLElement;
  private state: PageState = emptyState;
  private choices: Choices;
  private diagrams: readonly DiagramEntry[] = [];
  private shown: LaidOut | null = null;
  private request = 0;
  /** Layouts that are under way. */
  private layingOut = 0;
  private lastPaint = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private opened: { readonly divergence: string; readonly at: Box } | null = null;
  /** The menu of an element of a live run. */
  private menu: { readonly element: ElementId; readonly at: Box } | null = null;
  /** Kept choices win over the first snapshots after the page reappears. */
  private readonly restoring: Set<'twin' | 'result' | 'run'>;

  constructor(host: Host, root: HTMLElement, measure: MeasureText, engine: LayoutEngine) {
    this.host = host;
    this.root = root;
    this.measure = measure;
    this.layout = new Layout(engine);
    this.choices = restoredChoices(host.kept);
    this.restoring = new Set(host.kept === undefined || host.kept === null ? [] : ['twin', 'result', 'run']);
    root.className = 'page';
    const part = (className: string, parent: HTMLElement = root): HTMLElement => {
      const node = document.createElement('div');
      node.className = className;
      parent.append(node);
      return node;
    };
    this.top = part('top');
    const stage = part('stage');
    this.canvas = new Canvas(part('canvas', stage), {
      reveal: (element) => this.host.send(reveal, { element }),
      openCard: (divergence, at) => this.openCard(divergence, at),
      closeCard: () => this.closeCard(),
      openMenu: (element, at) => this.openMenu(element, at),
      moved: (view, byHand) => this.moved(view, byHand),
    });
    this.side = part('side', stage);
    this.bottom = part('bottom');
    this.foot = part('foot');
    new ResizeObserver(() => void this.layOut()).observe(root);
    new ResizeObserver(() => this.home()).observe(this.canvas.node);
  }

  /** What the page shows, whichever strips and lists are open: no overlay changes it, so none changes a layout. */
  private get room(): Size {
    return { width: this.root.clientWidth - 32, height: this.root.clientHeight - 130 };
  }

  /** Unless the person chose another view of this diagram. */
  private home(): void {
    const { shown } = this;
    if (shown !== null && this.choices.views[shown.element] === undefined)
      this.canvas.show(undefined, this.extent(shown));
  }

  receive(news: Partial<PageState>): void {
    const before = this.state;
    this.state = { ...before, ...news };
    if (news.twin !== undefined)
      this.preferMode('twin', 'live', before.twin.state === null && news.twin.state !== null);
    if (news.result !== undefined) this.resultArrived(before, news.result);
    if (news.run !== undefined) this.runArrived(before, news.run);
    if (news.selected !== undefined) this.follow(news.selected);
    if (news.active !== undefined) this.follow(news.active[0] ?? null);
    if (news.model !== undefined) void this.modelChanged();
    else this.repaintSoon();
  }

  private resultArrived(before: PageState, news: PageState['result']): void {
    const { result } = news;
    const isNew = result !== null && result !== before.result.result;
    if (isNew && !this.restoring.has('result')) {
      const scenario = this.model?.scenarios.find((each) => each.id === result.scenario);
      this.showPlaceOf(scenario);
      void this.layOut();
    }
    this.preferMode('result', 'simulation', isNew);
  }

  /** A run that begins shows where it happens. */
  private runArrived(before: PageState, run: PageState['run']): void {
    if (run === null || before.run?.scenario === run.scenario) return;
    const scenario = this.model?.scenarios.find(({ id }) => id === run.scenario);
    if (!this.restoring.has('run')) {
      this.showPlaceOf(scenario);
      this.choose({ mode: 'simulation' });
      void this.layOut();
    }
    this.restoring.delete('run');
  }

  private showPlaceOf(scenario: Scenario | undefined): void {
    const { model } = this;
    const place = model === null || scenario === undefined ? null : diagramOfScenario(model, scenario);
    if (place !== null) this.choose({ diagram: place });
  }

  private preferMode(source: 'twin' | 'result', mode: Mode, isNew: boolean): void {
    if (isNew && !this.restoring.has(source)) this.actions.mode(mode);
    this.restoring.delete(source);
  }

  private get model(): Model | null {
    return this.state.model?.model ?? null;
  }

  private choose(choices: Partial<Choices>): void {
    this.choices = { ...this.choices, ...choices };
    this.host.keep(this.choices);
  }

  private async modelChanged(): Promise<void> {
    this.diagrams = this.model === null ? [] : diagramsOf(this.model);
    if (!this.diagrams.some((entry) => entry.element === this.choices.diagram)) {
      this.choose({ diagram: this.diagrams[0]?.element ?? null });
    }
    await this.layOut();
  }

  /** Only a change of the model or of the chosen diagram comes here; an overlay never does. */
  private async layOut(): Promise<void> {
    const request = ++this.request;
    const { model, choices } = this;
    const content =
      model === null || choices.diagram === null
        ? null
        : diagramContent(model, choices.diagram, this.measure, this.room.width);
    this.layingOut += 1;
    const laidOut = await this.placed(content).finally(() => {
      this.layingOut -= 1;
    });
    if (request !== this.request) return;
    const before = this.shown;
    this.shown = laidOut;
    this.drawNotation(before);
    this.paint();
    this.canvas.highlight(this.highlighted());
  }

  private async placed(content: ReturnType<typeof diagramContent>): Promise<LaidOut | null> {
    if (content === null || 'lifelines' in content) return content;
    return placeDiagram(content, await this.layout.place(content, this.room));
  }

  /** Paints what is due without waiting for its time; false where something is still being laid out. */
  drawNow(): boolean {
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
      this.paint();
    }
    return this.layingOut === 0;
  }

  private drawNotation(before: LaidOut | null): void {
    const diagram = this.shown;
    const drawn = diagram === null ? nothingDrawn : notationScene(diagram, this.measure);
    const scene = this.model === null ? drawn : inTextOrder(drawn, this.model);
    const same = diagram !== null && before !== null && before.element === diagram.element;
    const anchor = this.state.selected ?? '';
    const placeBefore = this.canvas.boxOf(anchor);
    this.canvas.draw('notation', scene, (group) => this.describe(group.element));
    if (diagram === null) return;
    const placeNow = this.canvas.boxOf(anchor);
    if (!same) this.canvas.show(this.choices.views[diagram.element], this.extent(diagram));
    else if (placeBefore !== null && placeNow !== null) this.canvas.keepInPlace(placeBefore, placeNow);
  }

  private extent(diagram: LaidOut): Size {
    const overlay = this.overlay();
    return overlay === null ? diagram : overlayScene(diagram, overlay, this.measure, this.room.width);
  }

  private get mode(): Mode {
    const { twin, result, run } = this.state;
    if (this.choices.mode === 'live' && twin.state !== null) return 'live';
    const isSimulated = result.result !== null || run !== null;
    return this.choices.mode === 'simulation' && isSimulated ? 'simulation' : 'model';
  }

  private overlay(): Overlay | null {
    const { twin, result, run } = this.state;
    if (this.model === null) return null;
    if (this.mode === 'live' && twin.state !== null)
      return liveOverlay(this.model, twin.state, twin.silent_s !== undefined);
    if (this.mode !== 'simulation') return null;
    if (run !== null) return runOverlay(this.model, run.scenario, run.state);
    if (result.result !== null) return simulatedOverlay(this.model, result.result, this.state.experiments.answers);
    return null;
  }

  private described: Overlay | null = null;

  private describe(element: ElementId | null): string {
    return this.described === null || element === null ? '' : describeFigures(this.described, element);
  }

  private repaintSoon(): void {
    if (this.timer !== null) return;
    const wait = Math.max(0, this.lastPaint + repaintInterval - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.paint();
    }, wait);
  }

  private paint(): void {
    this.lastPaint = performance.now();
    const { state, shown } = this;
    const overlay = this.overlay();
    this.described = overlay;
    if (shown !== null) {
      if (this.model !== null) this.canvas.describe((group) => this.describe(group.element));
      const scene = overlay === null ? nothingDrawn : overlayScene(shown, overlay, this.measure, this.room.width);
      this.canvas.draw('overlay', scene, () => '');
    }
    this.canvas.node.classList.toggle('broken', state.model?.broken !== undefined);
    this.root.classList.toggle('narrow', this.root.clientWidth < wide);
    this.paintAround(overlay);
  }

  private paintAround(overlay: Overlay | null): void {
    const { state, shown, choices } = this;
    const today = new Date();
    const chosen = {
      diagram: choices.diagram,
      mode: this.mode,
      listOpen: choices.listOpen,
      controlsOpen: this.showsControls,
      scale: this.canvas.scale,
    };
    render(
      html`${toolbar(state, this.diagrams, chosen, this.actions)}
      ${errorBar(state, (uri, line) => this.host.send(goToLine, { uri, line }))}
      ${verdictStrip(this.verdicts(), overlay?.stale ?? false, this.verdictsAt)}`,
      this.top,
    );
    render(shown === null ? nothing : legend(shown, overlay, this.room.width), this.bottom);
    const twin = state.twin.state;
    const list = twin !== null && choices.listOpen && this.mode === 'live';
    const run = this.mode === 'simulation' ? state.run : null;
    const controls = run !== null && this.showsControls && this.model !== null;
    render(
      list
        ? divergenceList(twin, today, (each) => this.revealDivergence(each))
        : controls
          ? runControls(run, this.model, this.steer)
          : nothing,
      this.side,
    );
    const bar =
      run !== null && this.model !== null
        ? runBar(run, this.model, this.root.clientWidth, this.wanted, this.steer)
        : nothing;
    render(bar, this.foot);
    render(
      html`${shown === null ? nothing : heading(shown, this.headingNote(), this.measure)} ${canvasMessages(state, this.mode, shown !== null, today)}
      ${this.cardPart(today)} ${this.menuPart()}`,
      this.canvas.overlay,
    );
    this.placeCard();
    this.placeMenu();
  }

  private verdicts(): Parameters<typeof verdictStrip>[0] {
    const { twin, result } = this.state;
    if (this.mode === 'live') return twin.state?.expectations ?? [];
    if (this.mode !== 'simulation') return [];
    return this.state.run?.state.frame.verdicts ?? result.result?.expectations ?? [];
  }

  /** One run, seen until a moment: what it says is said with it. */
  private get verdictsAt(): string {
    const { run } = this.state;
    return this.mode === 'simulation' && run !== null ? `At ${formatMoment(run.state.frame.time_s)}` : '';
  }

  private headingNote(): string {
    const kind = this.shown?.kind ?? 'machine';
    const elsewhere = this.described?.deployment;
    if (kind === 'deployment' && elsewhere !== undefined && elsewhere !== this.shown?.element) {
      const name = this.model?.deployments.find(({ id }) => id === elsewhere)?.name ?? elsewhere;
      return `No figures: ${name} is what ran.`;
    }
    if (this.mode === 'live') return liveNotes[kind];
    if (this.mode === 'simulation' && this.state.run !== null) return runNotes[kind];
    const result = this.state.result.result;
    return this.mode === 'simulation' && result !== null
      ? `Mean of ${result.replications} replications, seed ${result.seed}.`
      : '';
  }

  private readonly actions = {
    pick: (diagram: string): void => {
      this.choose({ diagram });
      void this.layOut();
    },
    mode: (mode: Mode): void => {
      this.choose({ mode });
      this.closeCard();
      this.paint();
      this.home();
    },
    toggleList: (): void => {
      this.choose({ listOpen: !this.choices.listOpen, mode: 'live' });
      this.paint();
    },
    toggleControls: (): void => {
      this.choose({ controlsOpen: !this.showsControls, mode: 'simulation' });
      this.paint();
    },
    zoom: (factor: number): void => this.canvas.zoomBy(factor),
    fit: (): void => {
      if (this.shown !== null) this.canvas.fit(this.extent(this.shown));
    },
    home: (): void => {
      const { [this.choices.diagram ?? '']: _, ...views } = this.choices.views;
      this.choose({ views });
      this.home();
    },
  };

  private moved(view: Choices['views'][string], byHand: boolean): void {
    this.opened = null;
    if (byHand && this.choices.diagram !== null) {
      this.choose({ views: { ...this.choices.views, [this.choices.diagram]: view } });
    }
    this.repaintSoon();
  }

  /** The cursor in the text selects here, and so does a debugger; where the element stands on another diagram, that one is shown. */
  private follow(element: ElementId | null): void {
    const { model } = this;
    const visible = this.highlighted();
    if (model === null || element === null) {
      this.canvas.highlight(visible);
      return;
    }
    if ([element, ...placesOf(model, element)].some((each) => this.canvas.boxOf(each) !== null)) {
      this.canvas.highlight(visible);
      return;
    }
    const diagram =
      diagramShowing(model, element) ??
      placesOf(model, element)
        .map((each) => diagramShowing(model, each))
        .find((each) => each !== null);
    if (diagram === undefined || diagram === null || diagram === this.choices.diagram) this.canvas.highlight(visible);
    else this.actions.pick(diagram);
  }

  private highlighted(): readonly ElementId[] {
    const { selected, active } = this.state;
    const { model } = this;
    if (model === null) return [];
    return [...active, ...(selected === null ? [] : [selected, ...placesOf(model, selected)])].filter(
      (each, index, all) => all.indexOf(each) === index && this.canvas.boxOf(each) !== null,
    );
  }

  private revealDivergence(divergence: Divergence): void {
    this.host.send(reveal, { element: divergence.element });
    this.receive({ selected: divergence.element });
  }

  private openCard(divergence: string, at: Box): void {
    this.opened = { divergence, at };
    this.paint();
  }

  private closeCard(): void {
    if (this.opened === null) return;
    this.opened = null;
    this.paint();
  }

  private cardPart(today: Date): ReturnType<typeof card> | typeof nothing {
    const divergence = this.state.twin.state?.divergences.find((each) => each.id === this.opened?.divergence);
    if (divergence === undefined || this.model === null) return nothing;
    return card(divergence, this.model, today, () => this.host.send(reveal, { element: divergence.element }));
  }

  private placeCard(): void {
    const node = this.canvas.overlay.querySelector<HTMLElement>('.card');
    if (node === null || this.opened === null) return;
    const { width, height } = node.getBoundingClientRect();
    const place = cardPlace(this.opened.at, { width, height }, this.canvas.size);
    node.style.left = `${place.x}px`;
    node.style.top = `${place.y}px`;
  }

  /** The moment that was asked for last: until the run has got there, its slider stays where it was put. */
  private sought: { readonly time_s: number; readonly at: number } | null = null;

  private readonly steer = (steering: RunSteering): void => {
    this.sought = steering.kind === 'seek' ? { time_s: steering.time_s, at: performance.now() } : null;
    this.host.send(steerRun, steering);
  };

  /** As the person chose; else where they do not cover the picture. */
  private get showsControls(): boolean {
    return this.choices.controlsOpen ?? this.root.clientWidth >= wide;
  }

  private get wanted(): number | null {
    const isFresh = this.sought !== null && performance.now() - this.sought.at < patience;
    return isFresh ? (this.sought?.time_s ?? null) : null;
  }

  private openMenu(element: ElementId, at: Box): void {
    const { run } = this.state;
    if (run === null || this.mode !== 'simulation' || this.model === null) return;
    if (menuEntries(this.model, run.scenario, run.state, element).length === 0) return;
    this.menu = { element, at };
    this.paint();
    this.canvas.overlay.querySelector<HTMLElement>('.menu [role=menuitem]')?.focus();
  }

  private closeMenu(): void {
    if (this.menu === null) return;
    const { element } = this.menu;
    this.menu = null;
    this.paint();
    this.canvas.focus(element);
  }

  private menuPart(): ReturnType<typeof runMenu> | typeof nothing {
    const { run } = this.state;
    if (this.menu === null || run === null || this.model === null) return nothing;
    const entries = menuEntries(this.model, run.scenario, run.state, this.menu.element);
    return runMenu(
      entries,
      ({ steering }) => {
        this.steer(steering);
        this.closeMenu();
      },
      () => this.closeMenu(),
    );
  }

  private placeMenu(): void {
    const node = this.canvas.overlay.querySelector<HTMLElement>('.menu');
    if (node === null || this.menu === null) return;
    const { width, height } = node.getBoundingClientRect();
    const place = cardPlace(this.menu.at, { width, height }, this.canvas.size);
    node.style.left = `${place.x}px`;
    node.style.top = `${place.y}px`;
  }
}
