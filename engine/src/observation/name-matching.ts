/**
 * Which component a service is when the model does not say: names are compared without case and separators, then
 * without a `service` suffix, and only where exactly one fits. Knows nothing of spans.
 */

/** The one name that fits, or undefined where none or several do. */
export function matchingName(service: string, names: readonly string[]): string | undefined {
  return single(names, service, plain) ?? single(names, service, stem);
}

function single(names: readonly string[], service: string, key: (name: string) => string): string | undefined {
  const wanted = key(service);
  const fitting = names.filter((name) => key(name) === wanted);
  return fitting.length === 1 ? fitting[0] : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.\s]/g, '');
}

function stem(name: string): string {
  const whole = plain(name);
  return whole.endsWith('service') && whole !== 'service' ? whole.slice(0, -'service'.length) : whole;
}
