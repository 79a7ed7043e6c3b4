/** Every number that the running shop shares with shop.twin. Change both or neither: a test compares them. */
import { exponential, lognormal } from './distribution.ts';

/** How long each operation works (`takes`) or lets time pass (`delays`). */
export const DEMAND = {
  'WebShop.checkout': exponential(4),
  'WebShop.browse': exponential(3),
  'WebShop.cancel': exponential(3),
  'Orders.create': lognormal(10, 40),
  'Orders.cancel': exponential(6),
  'Stock.find': exponential(5),
  'Stock.reserve': lognormal(12, 45),
  'Stock.release': exponential(5),
  'Stock.dispatch': exponential(15),
  'Bank.charge': lognormal(60, 180),
  'Bank.refund': lognormal(40, 120),
} as const;

/** Of the node or nodes that a service is deployed on: `app` is two nodes of two cores, here one process. */
export const CORES = { web: 2, orders: 4, stock: 4 } as const;

/** `returns chance(96 %)` of Bank.charge. */
export const APPROVED = 0.96;

/** `[total > 400] -> Fulfilment.Review`, which lasts 200 ms. */
export const REVIEW_ABOVE = 400;

/** Scenario Weekday. Rates per second; totals are lognormal. */
export const WEEKDAY = {
  checkouts: 12,
  browses: 8,
  cancels: 0.5,
  total: { median: 60, p99: 700 },
  card: 0.85,
} as const;
