/** The thread of one live run: hears commands, plays, and says at most ten times a second how things stand. */
import type { MessagePort } from 'node:worker_threads';
import type { LiveCommand } from '@pollux/engine/simulation';
import type { LiveMessage, LiveTask } from './live-messages.ts';
import { FRAME_MS, LivePlayer } from './live-player.ts';

export function runLive(port: MessagePort, { model, scenario, seed }: LiveTask): void {
  const post = (message: LiveMessage): void => port.postMessage(message);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      post({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  guarded(() => {
    const player = new LivePlayer({ model, scenario, seed, clock: () => performance.now() });
    const say = (): void => post({ kind: 'state', state: player.state() });
    const goOn = (spent = 0): void => {
      clearTimeout(timer);
      // Always a pause, in which a command is heard.
      if (player.isBusy) timer = setTimeout(() => guarded(tick), Math.max(5, FRAME_MS - spent));
    };
    const tick = (): void => {
      const begun = performance.now();
      if (player.tick()) say();
      goOn(performance.now() - begun);
    };
    port.on('message', (command: LiveCommand) =>
      guarded(() => {
        player.hear(command);
        // What is asked for at once is done at once, as far as that is quick.
        if (command.kind !== 'play' && command.kind !== 'speed') player.tick();
        say();
        goOn();
      }),
    );
    say();
  });
}
