/** The sample shop beside the test, sending its spans to the twin under test, and its faults. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../../../scripts/lib/paths.mjs';

const system = path.join(root, 'samples/shop/system');

export class ShopSystem {
  readonly #child: ChildProcess;
  readonly #state: string;

  private constructor(child: ChildProcess, state: string) {
    this.#child = child;
    this.#state = state;
  }

  /** Resolves when it runs. `folder` takes its word of where it runs. */
  static async start(collectorPort: number, folder: string): Promise<ShopSystem> {
    const state = path.join(folder, 'shop-state.json');
    const child = spawn(process.execPath, ['--no-warnings', path.join(system, 'start.ts'), '--state', state], {
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (text: Buffer) => {
        if (text.toString().includes('shop is running')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`the shop ended with ${code}`)));
    });
    return new ShopSystem(child, state);
  }

  fault(name: 'illegal-refund' | 'slow-bank' | 'skip-stock' | 'off'): void {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--no-warnings', path.join(system, 'fault.ts'), name, '--state', this.#state],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`the fault could not be switched: ${stderr}`);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }
}
