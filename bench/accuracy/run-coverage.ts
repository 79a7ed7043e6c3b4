/** `npm run accuracy:coverage -- [seeds]`: how often intervals hold the exact value. Ends with 1 where they do so too rarely or too often. */
import { coverageOver } from './coverage.ts';

for (const { name, measure, unknown, share, isHonest } of await coverageOver(Number(process.argv[2] ?? 200))) {
  const verdict = isHonest ? 'as it should' : 'NOT as it should';
  const without = unknown === 0 ? '' : `, ${unknown} not estimable`;
  process.stdout.write(`${name}  ${measure.padEnd(12)} ${(100 * share).toFixed(1)} %  ${verdict}${without}\n`);
  if (!isHonest) process.exitCode = 1;
}
