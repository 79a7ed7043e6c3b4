/**
 * One attachment of a running system to a twin of a document: the service that listens, what it last knew, and everything that
 * shows it. Knows nothing of how telemetry is read or judged.
 */
import type { ElementId, Model, Twin } from '@pollux/engine/model';
import type { TwinState } from '@pollux/engine/twin';
import { type TwinReport, TwinService } from '@pollux/runtime';
import * as vscode from 'vscode';
import { attachedContext } from '../contributions.ts';
import type { Overlay } from '../diagram/overlay.ts';
import type { ModelEntry } from '../editing/model-store.ts';
import type { Models } from '../editing/server-models.ts';
import { type Log, report } from '../guarded.ts';
import { divergenceDiagnostics } from './divergence-diagnostics.ts';
import { DivergenceLedger } from './divergence-ledger.ts';
import type { TwinViews } from './twin-views.ts';
