/** Cases that nobody published: laws from the theory of queues, written as texts, with figures by formula or by a small Markov chain. */
import type { Family } from '../accuracy-case.ts';
import { arrivals } from './arrivals.ts';
import { balancing } from './balancing.ts';
import { changing } from './changing.ts';
import { impatience } from './impatience.ts';
import { layers } from './layers.ts';
import { outages } from './outages.ts';
import { priorities } from './priorities.ts';
import { remembering } from './remembering.ts';
import { trouble } from './trouble.ts';

export function theory(): readonly Family[] {
  return [
    ...priorities(),
    ...arrivals(),
    ...impatience(),
    ...outages(),
    ...layers(),
    ...balancing(),
    ...remembering(),
    ...trouble(),
    ...changing(),
  ];
}
