/** The thread of one live twin: hands commands to the host and its reports back. */
import type { MessagePort } from 'node:worker_threads';
import { TwinHost } from './twin-host.ts';
import type { TwinAnswers, TwinCall, TwinCommand, TwinMessage, TwinTask } from './twin-messages.ts';

export function runTwin(port: MessagePort, task: TwinTask): void {
  const post = (message: TwinMessage): void => port.postMessage(message);
  const host = new TwinHost(task, {
    onState: (report) => post({ kind: 'state', report }),
    onProblem: (problem) => post({ kind: 'problem', problem }),
  });
  port.on('message', ({ call, command }: TwinCall) => {
    perform(host, command).then(
      (value) => post({ kind: 'answer', call, value }),
      (error: unknown) =>
        post({ kind: 'failed', call, message: error instanceof Error ? error.message : String(error) }),
    );
  });
}

function perform(host: TwinHost, command: TwinCommand): Promise<TwinAnswers[TwinCommand['kind']]> {
  switch (command.kind) {
    case 'start':
      return host.start();
    case 'stop':
      return host.stop().then(() => undefined);
    case 'update-model':
      return host.updateModel(command.model);
    case 'replay-files':
      return host.replayFiles();
    case 'names':
      return Promise.resolve(host.names());
    case 'arrivals':
      return Promise.resolve(host.arrivals());
  }
}
