/** What limits a run and what would help: in sentences first, then with the evidence. */
import { formatFigure, formatShare } from '@pollux/engine/numeric';
import type { Answers, Bottleneck, Sensitivity } from '@pollux/engine/simulation';
import { html, nothing, type TemplateResult } from 'lit';
import type { ElementWords } from './measure-tables.ts';
import { said } from './said.ts';
import { alertTriangle, tick } from './signs.ts';

/** Changes that are listed; the others helped less. */
const listed = 8;

export function answersSection(answers: Answers, words: ElementWords): TemplateResult {
  const { sentences, bottlenecks, sensitivities, change, findings } = answers;
  // The others stand in the tables, each beside its figures.
  const told = [...new Set([sentences[0] ?? '', change?.sentence ?? ''].filter((each) => each !== ''))];
  const greatest = Math.max(0, ...sensitivities.map(({ gain }) => gain));
  return html`<section class="answers">
    <h2>What limits it, and what would help</h2>
    ${told.map((sentence) => html`<p class="said">${said(sentence)}</p>`)}
    ${findings.map(({ message }) => html`<p class="said ink2">${said(message)}</p>`)}
    ${change === null || change.settings.length === 0 ? nothing : html`<p class="change"><span>${change.status === 'found' ? tick() : alertTriangle()} Smallest change that meets every expectation:</span> <span class="code">${change.text}</span></p>`}
    ${bottlenecks.length === 0 ? nothing : bottleneckTable(bottlenecks, told, words)}
    ${sensitivities.length === 0 ? nothing : sensitivityTable(sensitivities.slice(0, listed), greatest, sensitivities.length)}
  </section>`;
}

/** A sentence that is told above is not told again beside its figures. */
function bottleneckTable(
  bottlenecks: readonly Bottleneck[],
  told: readonly string[],
  words: ElementWords,
): TemplateResult {
  return html`<h3>Where work waits</h3>
    <div class="wide-table"><table>
      <thead><tr><th></th><th></th><th class="number">busy</th><th class="number">in line</th><th class="number">grows by</th><th></th></tr></thead>
      <tbody>
        ${bottlenecks.map(
          ({ element, utilization, queue, growth, sentence }, index) => html`<tr>
            <td class="ink2">${index + 1}</td>
            <td class="code">${words.link(element, words.name(element))}</td>
            <td class="number">${utilization === null ? '' : formatShare(utilization)}</td>
            <td class="number">${queue === null ? '' : formatFigure(queue)}</td>
            <td class="number ${growth > 0 ? 'alert' : 'ink3'}">${growth > 0 ? `${formatFigure(growth)}/s` : '0'}</td>
            <td class="words">${told.includes(sentence) ? '' : said(sentence)}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`;
}

function sensitivityTable(rows: readonly Sensitivity[], greatest: number, all: number): TemplateResult {
  return html`<h3>What one change does${all > rows.length ? html` <small class="ink2">the ${rows.length} most helpful of ${all}</small>` : nothing}</h3>
    <div class="wide-table"><table>
      <thead><tr><th></th><th>better by</th><th class="number"></th><th></th></tr></thead>
      <tbody>
        ${rows.map(
          ({ text, gain, sentence }) => html`<tr>
            <td class="code">${text}</td>
            <td><span class="gain"><span .style=${`width: ${greatest > 0 ? Math.round((Math.max(0, gain) / greatest) * 100) : 0}%`}></span></span></td>
            <td class="number ${gain > 0 ? 'better' : gain < 0 ? 'worse' : 'ink3'}">${gain === 0 ? '0' : formatShare(gain)}</td>
            <td class="words">${said(sentence)}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`;
}
