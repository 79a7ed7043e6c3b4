/** The page's end of the line to the extension host. Outside an editor the line ends in the window, so that a browser can play the host. */
import { HOST_EXTENSION } from 'vscode-messenger-common';
import { Messenger } from 'vscode-messenger-webview';
import type { MessageDescriptor } from '../protocol/index.ts';

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  function acquireVsCodeApi(): EditorApi;
}

export class Host {
  private readonly api: EditorApi;
  private readonly messenger: Messenger;

  constructor() {
    this.api = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : windowApi();
    this.messenger = new Messenger(this.api as ConstructorParameters<typeof Messenger>[0]);
  }

  start(): void {
    this.messenger.start();
  }

  on<P>(message: MessageDescriptor<P>, handle: (parameters: P) => void): void {
    this.messenger.onNotification<P>({ method: message.method }, handle);
  }

  send<P>(message: MessageDescriptor<P>, parameters: P): void {
    this.messenger.sendNotification<P>({ method: message.method }, HOST_EXTENSION, parameters);
  }

  /** Only viewport and choices of the person; the page holds no truth. */
  get kept(): unknown {
    return this.api.getState();
  }

  keep(state: unknown): void {
    this.api.setState(state);
  }
}

function windowApi(): EditorApi {
  let kept: unknown;
  return {
    postMessage: (message) => window.dispatchEvent(new CustomEvent('pollux-page', { detail: message })),
    getState: () => kept,
    setState: (state) => {
      kept = state;
    },
  };
}
