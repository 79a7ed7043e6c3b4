/** What limits a scenario and what would help, as text: the sentences first, then every change that was tried. */
import type { Model } from '@pollux/engine/model';
import { formatFigure, formatShare } from '@pollux/engine/numeric';
import { isShare } from '@pollux/engine/property';
import { type Answers, differenceText, type Effect, type Goal } from '@pollux/engine/simulation';
import { ElementNames } from './element-names.ts';
import { counted, figure } from './figures.ts';
import { findingsText } from './findings.ts';
import type { Paint } from './paint.ts';
import { table } from './table.ts';
import { verdictWord } from './verdicts.ts';

const HOUR = 3600;

export function answersText(answers: Answers, model: Model, folder: string, cancelled: boolean, paint: Paint): string {
  const { result, goals, bottlenecks, sensitivities, change, findings } = answers;
  const names = new ElementNames(model, folder);
  const facts = [
    counted(result.replications, 'replication'),
    `seed ${result.seed}`,
    ...(cancelled ? [paint.doubtful('cancelled')] : []),
  ];
  const headline = `${paint.strong(names.of(result.scenario))} · ${facts.join(' · ')}\n`;
  const asItStands = goals.map((goal) => [
    goal.text,
    figure(goal, isShare(goal.measure)),
    goal.verdict === undefined ? '' : verdictWord(goal.verdict, paint),
  ]);
  const priced = sensitivities.some(({ cost }) => cost !== null);
  const rows = sensitivities.map(({ text, effects, gain, cost }) => [
    text,
    ...effects.map((effect, at) => effectText(goals[at], effect, paint)),
    ...(priced ? [cost === null ? '–' : `${formatFigure(cost * HOUR)}/h`] : []),
    gain === 0
      ? paint.quiet('no difference shown')
      : `${gain > 0 ? paint.good('✓') : paint.bad('✗')} ${formatShare(gain)}`,
  ]);
  const head = ['One change at a time', ...goals.map(({ text }) => text), ...(priced ? ['cost'] : []), 'better by'];
  return [
    headline,
    asItStands.length === 0 ? '' : table(['As it stands', '', ''], asItStands, paint, [2]),
    bottlenecks.map(({ sentence }) => `${sentence}\n`).join(''),
    bottlenecks.length === 0 && sensitivities.length > 0
      ? 'Nothing waits long enough to be called a bottleneck.\n'
      : '',
    change === null ? '' : `${change.sentence}\n`,
    rows.length === 0 ? '' : table(head, rows, paint),
    findingsText([...result.findings.filter(({ severity }) => severity !== 'information'), ...findings], names, paint),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function effectText(goal: Goal | undefined, { difference, verdict }: Effect, paint: Paint): string {
  if (goal === undefined || difference.value === null) return '–';
  const text = differenceText(difference, goal.unit, goal.measure).replace(/percentage points$/, 'points');
  return verdict === 'better' || verdict === 'worse' ? text : paint.quiet(text);
}
