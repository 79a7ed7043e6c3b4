/** The server as a process: over Node IPC for VS Code, over standard input and output for every other editor. */
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startTwinServer } from './server.ts';
import { keepMemorySteady } from './steady-memory.ts';

keepMemorySteady();
startTwinServer({ connection: createConnection(ProposedFeatures.all), ...NodeFileSystem });
