/** The customers: they come at random, independently of each other, and are not part of the observed system. */
import { sampleLognormal, uniform } from './distribution.ts';
import { WEEKDAY } from './figures.ts';
import { exchange } from './http-client.ts';
import { endWithParent } from './service-process.ts';

export interface LoadAssignment {
  readonly webPort: number;
  /** Arrivals a second. */
  readonly rates: { readonly checkouts: number; readonly browses: number; readonly cancels: number };
}

/** Customers who give up at the door when so many are inside already; keeps an overload from eating all memory. */
const MOST_AT_ONCE = 2000;
/** The parcel has left by then, and a slow one has not arrived yet. */
const REGRET_MS = [1500, 3000] as const;

const run = Math.floor(Date.now() / 1000).toString(36);
let orders = 0;
let inside = 0;

process.on('message', ({ load }: { load?: LoadAssignment }) => {
  if (load) open(load);
});
endWithParent(() => process.exit(0));

function open({ webPort, rates }: LoadAssignment): void {
  // A share of the checkouts is cancelled later, so cancels arrive as randomly as checkouts do.
  const regret = rates.checkouts > 0 ? rates.cancels / rates.checkouts : 0;
  arrivals(rates.checkouts, () => checkout(webPort, Math.random() < regret));
  arrivals(rates.browses, async () => {
    await exchange(webPort, 'GET', '/browse', { sku: `sku-${Math.floor(Math.random() * 500)}` });
  });
}

async function checkout(webPort: number, regrets: boolean): Promise<void> {
  orders += 1;
  const id = `${run}-${orders}`;
  const reply = await exchange(webPort, 'POST', '/checkout', {
    id,
    total: Math.round(sampleLognormal(WEEKDAY.total.median, WEEKDAY.total.p99) * 100) / 100,
    method: Math.random() < WEEKDAY.card ? 'card' : 'invoice',
    delivery: regrets ? 'slow' : 'fast',
  });
  if (!regrets || reply.body.paid !== true) return;
  await new Promise((later) => setTimeout(later, uniform(...REGRET_MS)));
  await exchange(webPort, 'POST', '/cancel', { id });
}

/** Poisson arrivals. */
function arrivals(rate: number, visit: () => Promise<void>): void {
  if (rate <= 0) return;
  let due = performance.now();
  const next = () => {
    due += (-1000 / rate) * Math.log(1 - Math.random());
    setTimeout(
      () => {
        if (inside < MOST_AT_ONCE) {
          inside += 1;
          // A shop that is down or overloaded is not the customer's to report.
          visit()
            .catch(() => undefined)
            .finally(() => {
              inside -= 1;
            });
        }
        next();
      },
      Math.max(0, due - performance.now()),
    );
  };
  next();
}
