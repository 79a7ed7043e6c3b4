/** Carries an experiment out in worker threads, with its progress in a notification and in the pages, until it is done or cancelled. */
import { formatCount } from '@pollux/engine/numeric';
import type { Experiment } from '@pollux/engine/simulation';
import { conductInWorkers } from '@pollux/runtime';
import * as vscode from 'vscode';
import type { Overlay } from '../diagram/overlay.ts';
import { simulationThreads } from '../threads.ts';

/** Cancelled, it answers with what was found until then. */
export async function conduct<Answer>(
  title: string,
  experiment: Experiment<Answer>,
  uri: string,
  overlay: Overlay,
): Promise<Answer> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  try {
    return await vscode.window.withProgress(options, (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let shown = 0;
      return conductInWorkers(experiment, {
        threads: simulationThreads(),
        signal: abort.signal,
        onProgress: ({ label, done, planned, share, events }) => {
          const message = `${label === '' ? '' : `${label}, `}run ${formatCount(done)} of ${formatCount(planned)}`;
          overlay.setProgress(uri, {
            replication: done,
            replications: planned,
            share,
            events,
            label: `${title}: ${message}`,
          });
          const percent = Math.floor(share * 100);
          progress.report({ increment: Math.max(0, percent - shown), message });
          shown = Math.max(shown, percent);
        },
      });
    });
  } finally {
    overlay.setProgress(uri, null);
  }
}
