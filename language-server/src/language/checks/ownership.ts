/** Each machine lives in one component. Sees the whole model. */
import type { Component, Model } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

export function checkOwnership(components: readonly Component[], model: Model, report: Report): void {
  for (const component of components) {
    for (const machine of new Set(component.owns)) {
      const owner = model.components.find(({ owns }) => owns.includes(machine));
      if (owner === undefined || owner.id === component.id) continue;
      const name = machine.slice(machine.lastIndexOf('.') + 1);
      const message = `\`${owner.name}\` owns \`${name}\` already: each instance lives in one place. Remove \`owns ${name}\` from one of them.`;
      report('owned-twice', component.label, message);
    }
  }
}
