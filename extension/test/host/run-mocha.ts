/** What an extension host is given to run: every test file beside it, and the counts into the file that was asked for. */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 30_000, reporter: 'spec' });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(__dirname, name));
  }
  const counts = { passed: 0, failed: 0 };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => {
      counts.passed += 1;
    });
    runner.on('fail', () => {
      counts.failed += 1;
    });
  });
  const report = process.env.POLLUX_TEST_REPORT;
  if (report !== undefined) writeFileSync(report, JSON.stringify(counts));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
