/** Small marks that tell without hue: tick, crossed diamond, barred circle, triangle, dots of sources. */
import { html, type TemplateResult } from 'lit';

type Sign = TemplateResult;

export const tick = (): Sign =>
  html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><path d="M2.5 7.5l3 3 6-7" /></svg>`;

const crossedDiamond = (): Sign => html`<svg class="sign alert" viewBox="0 0 14 14" aria-hidden="true">
  <path class="full" d="M7 0.5l6.5 6.5-6.5 6.5-6.5-6.5z" /><path class="cut" d="M5 5l4 4M9 5l-4 4" />
</svg>`;

const barredCircle = (): Sign => html`<svg class="sign ink2" viewBox="0 0 14 14" aria-hidden="true">
  <circle cx="7" cy="7" r="4.5" /><path d="M0.5 7h13" />
</svg>`;

export const alertTriangle = (): Sign => html`<svg class="sign alert" viewBox="0 0 14 14" aria-hidden="true">
  <path class="full" d="M7 1l6 11.5h-12z" /><path class="cut" d="M7 5v4M7 10.2v1.2" />
</svg>`;

/** Solid: live. Hollow: simulated. Dashed: silent. */
export function sourceDot(kind: 'live' | 'simulated' | 'silent'): Sign {
  return html`<svg class="sign ${kind === 'silent' ? 'ink2' : 'obs'}" viewBox="0 0 14 14" aria-hidden="true">
    <circle cx="7" cy="7" r="3.5" class=${kind === 'live' ? 'full' : ''} stroke-dasharray=${kind === 'silent' ? '2.2 2' : 'none'} />
  </svg>`;
}

export function verdictSign(verdict: 'met' | 'missed' | 'undecided'): Sign {
  return verdict === 'met' ? tick() : verdict === 'missed' ? crossedDiamond() : barredCircle();
}

/** View tools. */
export const toolSigns = {
  smaller: html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><circle cx="6" cy="6" r="4.5" /><path d="M9.5 9.5l4 4M4 6h4" /></svg>`,
  larger: html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><circle cx="6" cy="6" r="4.5" /><path d="M9.5 9.5l4 4M4 6h4M6 4v4" /></svg>`,
  fit: html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><path d="M1 4.5v-3.5h3.5M9.5 1h3.5v3.5M13 9.5v3.5h-3.5M4.5 13h-3.5v-3.5" /></svg>`,
} as const;

/** Of a run: drawn, so that no font decides how they look. */
export const runSigns = {
  restart: html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><path d="M3 2.5v9M12 2.5l-6.5 4.5 6.5 4.5z" /></svg>`,
  back: html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><path d="M11.5 2.5v9M9 3.5l-5 3.5 5 3.5z" /></svg>`,
  play: html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><path d="M3.5 2l8.5 5-8.5 5z" /></svg>`,
  pause: html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><path d="M4.5 2.5v9M9.5 2.5v9" stroke-width="2" /></svg>`,
  step: html`<svg class="sign" viewBox="0 0 14 14" aria-hidden="true"><path d="M2.5 2.5v9M5 3.5l5 3.5-5 3.5z" /></svg>`,
} as const;
