/**
 * Activities that go on beside each other in virtual time: generators that say what they wait for. Which of those that can go
 * on does so first is left to whoever drives them. Knows nothing of interactions.
 */

export type Wait =
  /** Others may go first. */
  | { readonly kind: 'turn' }
  | { readonly kind: 'time'; readonly until: number }
  | { readonly kind: 'event'; readonly hasCome: () => boolean; readonly until: number };

export type Activity<T = unknown> = Generator<Wait, T, void>;

export interface Task {
  readonly activity: Activity;
  wait: Wait;
  isDone: boolean;
}

export class Tasks {
  #all: Task[] = [];

  get count(): number {
    return this.#all.length;
  }

  start(activity: Activity): Task {
    const task: Task = { activity, wait: { kind: 'turn' }, isDone: false };
    this.#all.push(task);
    return task;
  }

  stop(task: Task): void {
    task.isDone = true;
    this.#all = this.#all.filter((each) => each !== task);
  }

  ready(now: number): readonly Task[] {
    return this.#all.filter(({ wait }) => {
      if (wait.kind === 'turn') return true;
      return wait.until <= now || (wait.kind === 'event' && wait.hasCome());
    });
  }

  /** When the next one can go on by time alone; infinite where none can. */
  nextTime(): number {
    return this.#all.reduce(
      (least, { wait }) => (wait.kind === 'turn' ? least : Math.min(least, wait.until)),
      Number.POSITIVE_INFINITY,
    );
  }

  /** Ends of waits that are still to come. */
  times(now: number): readonly number[] {
    const ends = this.#all.map(({ wait }) => (wait.kind === 'turn' ? now : wait.until));
    return ends.filter((end) => end > now && end < Number.POSITIVE_INFINITY);
  }

  goOn(task: Task): void {
    const next = task.activity.next();
    if (next.done === true) this.stop(task);
    else task.wait = next.value;
  }
}
