/** A copy of the shop in a folder of its own, with telemetry ports that are free, so that tests may edit and listen. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../scripts/host/free-port.mjs';

export interface Workspace {
  readonly folder: string;
  readonly model: string;
  /** Of the twin's receiver. */
  readonly port: number;
}

export async function shopWorkspace(root: string): Promise<Workspace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pollux-shop-'));
  const model = path.join(folder, 'shop.twin');
  await cp(path.join(root, 'samples/shop/shop.twin'), model);
  const port = await freePort();
  const text = await readFile(model, 'utf8');
  await writeFile(model, text.replace(/source otlp on \d+/, `source otlp on ${port}`));
  return { folder, model, port };
}
