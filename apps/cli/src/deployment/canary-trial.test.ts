import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { usualCanary } from '@daytrade/canary';
import { metrics } from '@daytrade/contracts';
import { Cluster, Programs } from '@daytrade/deployment';
import { afterEach, expect, it } from 'vitest';
import { canaryTrial } from './canary-trial.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const days = { session: '2026-06-12', lastSession: '2026-06-11', madeAt: '2026-06-11T07:00:00.000Z' };
const prices = { name: 'A', lastClose: 1_000, lower: 970, upper: 1_030, centre: null, coverage: 0.93 };
const model = { modelVersion: 'm1', intervalMethod: 'split', probabilityUp: null, directionSkilled: false };
const flags = { priceBasis: 'traded', late: false, synthetic: false };
const predictions = Array.from({ length: 20 }, (_, i) => ({
  symbol: `${1_301 + i}`,
  ...days,
  ...prices,
  ...model,
  ...flags,
}));
const list = { predictions, sessionOver: false, unpredicted: [], barsAge: null, leftOut: [] };

/** A process of ml-service that counts what it answered, each with one status, and asks for a token. */
async function startMlService(status: number): Promise<string> {
  const name = metrics.httpRequestDuration.name;
  let reads = 0;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== 'Bearer the token') response.writeHead(401).end();
    else if (request.url === '/metrics') {
      const labels = `method="GET",route="/v1/models",status="${status}"`;
      const buckets = ['0.05', '+Inf'].map((le) => `${name}_bucket{le="${le}",${labels}} ${reads}`);
      response.end(`process_start_time_seconds 1\n${buckets.join('\n')}\n${name}_count{${labels}} ${reads}\n`);
    } else if (request.method === 'POST') response.end(JSON.stringify(list));
    else {
      reads += 1;
      response.writeHead(status).end('{}');
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return String((server.address() as AddressInfo).port);
}

/** In the place of kubectl: one pod of each version, whose ports are those of processes here. */
class Pods extends Programs {
  readonly #ports: Readonly<Record<string, string>>;

  constructor(ports: Readonly<Record<string, string>>) {
    super({ onCommand: () => undefined, onOutput: () => undefined });
    this.#ports = ports;
  }

  override async read(_: string, args: readonly string[]): Promise<string> {
    if (args.includes('secret')) return JSON.stringify({ data: { token: btoa('the token') } });
    const env = [{ name: 'DAYTRADE_TOKEN', valueFrom: { secretKeyRef: { name: 'own', key: 'token' } } }];
    const pod = (name: string, labels: object) => ({
      metadata: { name, labels },
      spec: { containers: [{ env }] },
      status: { phase: 'Running' },
    });
    return JSON.stringify({ items: [pod('stable', {}), pod('canary', { 'day-trade/track': 'canary' })] });
  }

  override async open(_: string, args: readonly string[]) {
    const pod = args.find((arg) => arg.startsWith('pod/'))?.slice(4) ?? '';
    return { found: this.#ports[pod] ?? '', isOpen: true, end: () => undefined };
  }
}

async function tried(status: number) {
  const programs = new Pods({ stable: await startMlService(200), canary: await startMlService(status) });
  const surroundings = { root: '', programs, variables: {} };
  const place = { environment: 'staging', context: undefined, namespace: undefined } as const;
  const cluster = new Cluster(surroundings, place);
  const said: string[] = [];
  const weights: number[] = [];
  const holder = () => ({ who: '', host: '', pid: 1, since: '', what: '', step: '' });
  const say = (line: string) => said.push(line);
  const open = { surroundings, programsWith: () => programs, place, cluster, say, holder };
  const upgrade = { files: [], set: [], options: [] };
  // With limits so far apart, sixty requests show what else takes five hundred.
  const { errors, slow, ...others } = usualCanary.limits;
  const limits = { ...others, errors: { ...errors, refused: 0.6 }, slow: { ...slow, refused: 0.9 } };
  const settings = { ...usualCanary, limits, interval: 0.01, minRequests: 60 };
  const options = { settings, mostIntervals: 100, probes: 60, forced: true };
  const { judge } = canaryTrial(open, options, { upgrade, waitSeconds: 60, signal: new AbortController().signal });
  const steps = { stepWeight: 10, maxWeight: 20 };
  const plan = { image: 'a:2', stable: 'a:1', by: 'route', pods: 3, upgrade, ...steps } as const;
  const setWeight = async (percent: number) => {
    weights.push(percent);
  };
  return { verdict: await judge({ plan, setWeight }), said, weights };
}

it('a version that is well goes through its steps, by what its pods answer to whoever has their token', async () => {
  const { verdict, said, weights } = await tried(200);
  expect(weights).toEqual([10, 20]);
  expect(verdict).toMatchObject({ action: 'promote', intervals: 2 });
  expect(verdict.steps.map(({ weight, action }) => `${weight} ${action}`)).toEqual(['10 advance', '20 promote']);
  expect(said[0]).toMatch(/^canary at 10 %: advance: failed requests: 0 of 60 /);
});

it('a version that fails has its weight taken away, and the figures say why', async () => {
  const { verdict, weights } = await tried(500);
  expect(weights).toEqual([10, 0]);
  expect(verdict).toMatchObject({ action: 'roll-back', intervals: 1, steps: [{ weight: 10, action: 'roll-back' }] });
  expect(verdict.reason).toContain('failed requests: 60 of 60 ');
});
