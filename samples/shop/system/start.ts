/** `node start.ts`: runs the shop until Ctrl-C, SIGTERM, or the end of whoever started it. */
import { parseArgs } from 'node:util';
import { WEEKDAY } from './figures.ts';
import { type ShopSystem, startSystem } from './shop-system.ts';
import { DEFAULT_STATE_FILE, readState, removeState, writeState } from './state-file.ts';

const HELP = `Runs the sample shop: web, orders, stock and bank, and customers who use it.

  node samples/shop/system/start.ts [options]

  --port N         web listens on N, orders on N+1, stock on N+2, bank on N+3, control on N+4 (default: free ports)
  --checkouts R    a second (default ${WEEKDAY.checkouts})
  --browses R      a second (default ${WEEKDAY.browses})
  --cancels R      a second (default ${WEEKDAY.cancels})
  --no-load        no customers
  --state FILE     where to leave word of the running system

Spans go to OTEL_EXPORTER_OTLP_ENDPOINT (default http://127.0.0.1:4318) whenever something listens there.`;

const parent = process.ppid;

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  const running = readState(options.state);
  if (running && (await answers(running.control))) {
    fail(1, `a shop is running already (process ${running.pid}); end it first, or give this one another --state file`);
  }
  let system: ShopSystem | undefined;
  let ending = false;
  const end = async (code: number) => {
    if (ending) return;
    ending = true;
    removeState(options.state, process.pid);
    await system?.stop();
    process.exit(code);
  };
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  process.on('SIGHUP', () => void end(0));
  process.on('disconnect', () => void end(0));
  setInterval(() => {
    if (process.ppid !== parent) void end(0);
  }, 1000).unref();

  try {
    system = await startSystem(options, (reason) => {
      console.error(`shop: ${reason}`);
      void end(1);
    });
  } catch (error) {
    fail(1, `the shop did not start: ${error instanceof Error ? error.message : error}`);
  }
  // Ctrl-C may have come while it started.
  if (ending) {
    await system.stop();
    return;
  }
  writeState(options.state, system.state);
  const { services, control, collector } = system.state;
  const places = Object.entries(services).map(([name, { port }]) => `${name} ${port}`);
  console.log(`shop is running: ${places.join(', ')}; control ${control}; spans to ${collector}`);
}

function optionsOf(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        checkouts: { type: 'string', default: String(WEEKDAY.checkouts) },
        browses: { type: 'string', default: String(WEEKDAY.browses) },
        cancels: { type: 'string', default: String(WEEKDAY.cancels) },
        'no-load': { type: 'boolean', default: false },
        state: { type: 'string', default: DEFAULT_STATE_FILE },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const load = values['no-load'] ? 0 : 1;
    return {
      state: values.state,
      port: numberIn('--port', values.port, 65_531),
      rates: {
        checkouts: load * numberIn('--checkouts', values.checkouts, 1000),
        browses: load * numberIn('--browses', values.browses, 1000),
        cancels: load * numberIn('--cancels', values.cancels, 1000),
      },
    };
  } catch (error) {
    return fail(3, `${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

function numberIn(option: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= most))
    throw new Error(`${option} takes a number from 0 to ${most}, not "${text}"`);
  return value;
}

/** A process id alone proves nothing: after a crash it may be somebody else's. */
async function answers(control: string): Promise<boolean> {
  try {
    return (await fetch(`${control}/status`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

function fail(code: number, message: string): never {
  console.error(message);
  process.exit(code);
}

await main();
