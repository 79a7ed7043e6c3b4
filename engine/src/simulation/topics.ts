/** What a run measures of topics with partitions: how long publications wait for their consumers, and what these do not get. */
import { formatCount, formatFigure, formatSeconds, SECOND } from '../numeric/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import type { Finding } from './result.ts';
import type { ReplicationResult } from './run-replication.ts';
import { type Subject, sketchOf, timedSample } from './sample.ts';

/** Where tallies of topics begin among those of a replication; those of their waits stand behind them. */
function firstTopicTally({ messages, interactions }: CompiledScenario['program']): number {
  return messages.length + interactions.length;
}

export function topicTallies({ topics }: CompiledScenario['program']): number {
  return 2 * topics.length;
}

/** One figure for each publication and consumer. */
export function topicSubjects({ program }: CompiledScenario): readonly Subject[] {
  const { topics } = program;
  return topics.map(({ id }, topic): Subject => {
    const whole = firstTopicTally(program) + topic;
    const wait = whole + topics.length;
    return {
      element: id,
      kind: 'topic',
      timed: [whole, wait],
      roundTrips: [],
      laws: [],
      sample(result) {
        const { latency, concurrency } = result.timed[wait]!;
        const waits = sketchOf([latency]);
        return {
          ...timedSample(result, [result.timed[whole]!]),
          queue: concurrency,
          waited: waits.sum,
          served: waits.count,
          laws: { wait: waits },
        };
      },
    };
  });
}

export function topicFindings(
  { program }: CompiledScenario,
  results: readonly ReplicationResult[],
): readonly Finding[] {
  return program.topics.flatMap(({ id, retention }, topic): Finding[] => {
    const wait = firstTopicTally(program) + program.topics.length + topic;
    const name = id.split('.').slice(-2).join('.');
    let growth = 0;
    let published = 0;
    let dropped = 0;
    let refused = 0;
    let seconds = 0;
    for (const { deliveries, timed, measured } of results) {
      growth += deliveries.growth[topic]!;
      refused += deliveries.refused[topic]!;
      published += timed[wait]!.started;
      dropped += timed[wait]!.failed;
      seconds += measured / SECOND;
    }
    const findings: Finding[] = [];
    // A line in balance wanders by about the square root of what passed through it.
    if (growth > 3 * Math.sqrt(published)) {
      const message = `The line at ${name} grows by ${formatFigure(growth / seconds)}/s: its consumers fall behind. More \`partitions\` let more of them work at once.`;
      findings.push({ code: 'line-grows', severity: 'warning', element: id, message });
    }
    if (dropped > 0 && retention !== undefined) {
      const what = `${formatCount(dropped)} ${dropped === 1 ? 'publication' : 'publications'} of ${name}`;
      const message = `${what} had waited for longer than the retention of ${formatSeconds(retention / SECOND)} and never came to a consumer.`;
      findings.push({ code: 'publications-dropped', severity: 'warning', element: id, message });
    }
    if (refused > 0) {
      const what = `${formatCount(refused)} ${refused === 1 ? 'publication' : 'publications'} to ${name}`;
      const message = `${what} found no broker, and were lost: it was down.`;
      findings.push({ code: 'publications-refused', severity: 'warning', element: id, message });
    }
    return findings;
  });
}
