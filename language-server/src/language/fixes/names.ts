/** Ways to mend a name that leads nowhere, to too much, or to the wrong thing: what was probably meant. */
import { elementPath } from '../links/element-path.ts';
import { nearNames } from '../links/near-names.ts';
import type { TwinScopeProvider } from '../links/scope-provider.ts';
import type { Fix } from '../problems/fix.ts';
import { replaced } from './changes.ts';
import type { Found } from './found.ts';

/** The names in scope that differ by a slip of the key. */
export function nearNamesInScope({ document, services, reference, start, end, text }: Found): Fix[] {
  const scopes = services.references.ScopeProvider;
  const info = reference?.error?.info;
  if (info === undefined) return [];
  const names = scopes
    .getScope(info)
    .getAllElements()
    .map(({ name }) => name);
  return near(text, names, (name) => replaced(document, start, end, name));
}

/** The same among names that are no references: functions, measures. */
export function near(text: string, names: Iterable<string>, change: (name: string) => Fix['edits'][number]): Fix[] {
  const found = nearNames(text, names);
  return found.map((name) => ({
    title: `Write \`${name}\``,
    edits: [change(name)],
    certainty: found.length === 1 ? 'likely' : 'possible',
  }));
}

/** A dotted path to each of the elements that have the name. */
export function dottedPaths({ document, services, reference, start, end, text }: Found): Fix[] {
  const info = reference?.error?.info;
  const scopes: TwinScopeProvider = services.references.ScopeProvider;
  const meant = info === undefined ? [] : scopes.getScope(info).find(text);
  const paths = new Set(meant.map(({ node }) => elementPath(node)));
  paths.delete(text);
  return [...paths].slice(0, 5).map((path) => ({
    title: `Write \`${path}\``,
    edits: [replaced(document, start, end, path)],
    certainty: 'possible',
  }));
}
