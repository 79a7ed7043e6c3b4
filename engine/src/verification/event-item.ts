/**
 * One event as files of events and launch configurations write it, `{"signal": "Pay", "args": {…}}`: its shape, told apart from
 * anything else. Knows no model: what its names and values mean is for whoever runs it.
 */
type EventItem =
  | {
      readonly kind: 'signal' | 'call';
      readonly name: string;
      readonly args: Readonly<Record<string, unknown>>;
      /** The instance that gets it, where several run. */
      readonly to?: string;
    }
  | { readonly kind: 'after'; readonly time: unknown };

const FORMS = '{"signal": "…", "args": {…}}, {"call": "…", "args": {…}} or {"after": "5 s"}';

/** `where` begins the sentence that says what is wrong: `event 3`. */
export function eventItem(item: unknown, where: string): EventItem | { readonly problem: string } {
  if (!isRecord(item)) return { problem: `${where} is no event; write ${FORMS}.` };
  const { signal, call, after, args, to, ...rest } = item;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return { problem: `${where}: nobody knows "${unknown}"; write ${FORMS}.` };
  if ([signal, call, after].filter((part) => part !== undefined).length !== 1)
    return { problem: `${where} must say one of signal, call and after; write ${FORMS}.` };
  const given = args ?? {};
  if (!isRecord(given)) return { problem: `${where}: args must be an object: {"name": value, …}.` };
  if (after !== undefined) return { kind: 'after', time: after };
  const name = signal ?? call;
  if (typeof name !== 'string')
    return {
      problem: `${where}: ${signal === undefined ? 'call' : 'signal'} must be a name in quotes; write ${FORMS}.`,
    };
  if (to !== undefined && typeof to !== 'string')
    return { problem: `${where}: to must be the name of an instance, in quotes.` };
  return { kind: signal === undefined ? 'call' : 'signal', name, args: given, ...(to === undefined ? {} : { to }) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
