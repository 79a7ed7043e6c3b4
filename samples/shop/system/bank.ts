/** The bank: outside the shop, so it only lets time pass. */
import { APPROVED, DEMAND } from './figures.ts';
import { pause } from './pause.ts';
import { runService } from './service-process.ts';

const SLOWER = 8;

runService('bank', ({ fault }) => ({
  'POST /charge': async () => {
    await pause(DEMAND['Bank.charge'].sample() * (fault() === 'slow-bank' ? SLOWER : 1));
    return { status: 200, body: { approved: Math.random() < APPROVED } };
  },
  'POST /refund': async () => {
    await pause(DEMAND['Bank.refund'].sample());
    return { status: 200, body: { refunded: true } };
  },
}));
