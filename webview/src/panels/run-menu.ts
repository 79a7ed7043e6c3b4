/** The menu of an element in a live run: crash it, slow it down, cut it off, bring it back. */
import type { Change, ElementId, Model } from '@pollux/engine/model';
import { type LiveState, standingAt, targetOf } from '@pollux/engine/simulation/live';
import { html, type TemplateResult } from 'lit';
import type { RunSteering } from '../protocol/index.ts';

interface MenuEntry {
  readonly text: string;
  readonly steering: RunSteering;
}

/** More alike than these are struck together only. */
const listed = 6;
const slowness = 3;

/** Empty where nothing can be done with the element. */
export function menuEntries(
  model: Model,
  scenario: ElementId,
  state: LiveState,
  element: ElementId,
): readonly MenuEntry[] {
  const run = model.scenarios.find(({ id }) => id === scenario);
  const deployment = model.deployments.find(({ id }) => id === run?.deployment);
  if (run === undefined) return [];
  const resource = model.resources.find(({ id }) => id === element);
  const nodes = deployment?.nodes ?? [];
  const node = nodes.find(({ id }) => id === element);
  const deployed = nodes.flatMap(({ deploys }) => deploys).find(({ id }) => id === element);
  const component = model.components.find(({ id }) => id === (deployed?.component ?? element));
  const link = deployment?.links.find(({ id }) => id === element);
  const standing = new Set(
    standingAt(run, state.inputs, state.frame.time_s * 1e6).flatMap(({ change }) => targetOf(change) ?? []),
  );
  const own = new Set(state.inputs.flatMap(({ change }) => targetOf(change) ?? []));
  const entry = (text: string, back: string, change: Change): MenuEntry[] => {
    const target = targetOf(change) ?? '';
    if (!standing.has(target)) return [{ text, steering: { kind: 'change', change } }];
    return own.has(target) ? [{ text: back, steering: { kind: 'end', target } }] : [];
  };
  const strike = (name: string, subject: ElementId, index?: number): MenuEntry[] => {
    const which = { subject, ...(index === undefined ? {} : { index }) };
    return [
      ...entry(`Crash ${name}`, `Bring ${name} back`, { kind: 'crash', ...which }),
      ...entry(`Slow ${name} by ${slowness}`, `Let ${name} be as fast as before`, {
        kind: 'slow',
        ...which,
        factor: slowness,
      }),
    ];
  };
  const alike = node ?? resource;
  if (alike !== undefined) {
    const { id, name, count } = alike;
    const each = count > 1 && count <= listed ? Array.from({ length: count }, (_, at) => at + 1) : [];
    const all = count > 1 ? `all ${count} of ${name}` : name;
    const entries = [...each.flatMap((index) => strike(`${name}[${index}]`, id, index)), ...strike(all, id)];
    // Who holds a resource works as the step says, not as the resource does: it cannot be slow.
    return node === undefined ? entries.filter(({ steering }) => !isSlowness(steering)) : entries;
  }
  if (component !== undefined) return strike(component.name, component.id);
  if (link !== undefined) {
    const [from, to] = link.ends;
    const name = (id: ElementId): string => nodes.find((each) => each.id === id)?.name ?? id;
    const words = `${name(from)} from ${name(to)}`;
    return entry(`Cut ${words}`, `Join ${words} again`, { kind: 'partition', from, to });
  }
  return [];
}

function isSlowness(steering: RunSteering): boolean {
  return steering.kind === 'change'
    ? steering.change.kind === 'slow'
    : steering.kind === 'end' && steering.target.startsWith('slow ');
}

export function runMenu(
  entries: readonly MenuEntry[],
  choose: (entry: MenuEntry) => void,
  close: () => void,
): TemplateResult {
  const move = (event: KeyboardEvent): void => {
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (next !== undefined) items[next % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="menu" role="menu" aria-label="What happens to it" @keydown=${move}>
    ${entries.map((entry) => html`<button role="menuitem" tabindex="-1" @click=${() => choose(entry)}>${entry.text}</button>`)}
  </div>`;
}
