/** How much of what nobody needs any more may lie about before it is cleared away. Counts on a process of its own. */
import { setFlagsFromString } from 'node:v8';

/** Of what is needed. Left to itself the process takes up to three times as much, as luck has it. */
const PERCENT = 50;

export function keepMemorySteady(): void {
  setFlagsFromString(`--heap-growing-percent=${PERCENT}`);
}
