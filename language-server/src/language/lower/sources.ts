/** Where a twin's telemetry comes from: receivers, recordings, and how much of it is kept. */
import type { Source } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { lowerKnownTime } from './known-quantities.ts';
import { elementOf, type Lowering, placeOfProperty } from './lowering.ts';
import { lowerAddress, lowerText } from './texts.ts';

const OTLP_HTTP_PORT = 4318;
const SCRAPE_EVERY = 15e6;

export function lowerSource(lowering: Lowering, node: ast.OtlpSource | ast.PrometheusSource | ast.FileSource): Source {
  switch (node.$type) {
    case 'OtlpSource':
      return { ...elementOf(lowering, node, 'ports'), kind: 'otlp', ports: lowerPorts(lowering, node) };
    case 'PrometheusSource': {
      const url = lowerAddress(lowering, node, 'url', node.url, 'http://localhost:9090');
      const every = node.every === undefined ? undefined : lowerKnownTime(lowering, node.every);
      return { ...elementOf(lowering, node, 'url'), kind: 'prometheus', url, every: every ?? SCRAPE_EVERY };
    }
    case 'FileSource': {
      const what = 'the path of a recording: `"recordings/*.jsonl"`';
      const pattern = lowerText(lowering, node, 'pattern', node.pattern, what);
      if (/^[a-z]+:\/\//i.test(pattern)) {
        const message = 'A file is named by its path, relative to this one: `"recordings/*.jsonl"`.';
        lowering.report('wrong-text', placeOfProperty(lowering, node, 'pattern'), message);
      }
      return { ...elementOf(lowering, node, 'pattern'), kind: 'file', pattern };
    }
  }
}

function lowerPorts(lowering: Lowering, node: ast.OtlpSource): number[] {
  if (node.ports.length === 0) return [OTLP_HTTP_PORT];
  const ports = node.ports.map(Number);
  for (const [index, port] of ports.entries()) {
    const place = placeOfProperty(lowering, node, 'ports', index);
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      lowering.report(
        'out-of-range',
        place,
        `A port is a whole number from 1 to 65535; here stands ${node.ports[index]}.`,
      );
    } else if (ports.indexOf(port) !== index) {
      lowering.report('repeated-clause', place, `Port ${port} stands twice. Remove one.`);
    }
  }
  return ports;
}
