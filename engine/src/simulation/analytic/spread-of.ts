/** How those who come to a station spread over its units, as its deployment balances calls. */
import type { Deployment, ElementId } from '../../model/index.ts';
import type { Spread } from './open-stations.ts';

/** Where several components run on alike nodes and are balanced in different ways, arrivals there are taken for random. */
export function spreadOf(node: ElementId, deployment: Deployment | undefined): Spread {
  const strategies = (deployment?.nodes.find(({ id }) => id === node)?.deploys ?? []).map(
    ({ component }) =>
      deployment?.balances.find((balance) => balance.component === component)?.strategy.kind ?? 'round-robin',
  );
  const [first] = strategies;
  if (first === undefined || strategies.some((strategy) => strategy !== first)) return 'chance';
  switch (first) {
    case 'round-robin':
      return 'turns';
    case 'least-connections':
      return 'least';
    case 'two-choices':
      return 'two';
    case 'random':
    case 'hash':
      return 'chance';
  }
}
