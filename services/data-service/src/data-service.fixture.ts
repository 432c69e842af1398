import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, type Run, runAcceptedSchema } from '@daytrade/contracts';
import { InProcessQueue } from '@daytrade/jobs';
import { clockAt } from '@daytrade/jobs/testing';
import { type Answers, type ReplayServer, startReplayServer } from '@daytrade/market-data/testing';
import { createLogger, type Service } from '@daytrade/service';
import { openStores, type Stores } from '@daytrade/storage';
import { newState } from '@daytrade/storage/testing';
import type { LightMyRequestResponse } from 'fastify';
import { createDataService } from './app.ts';

/** The key that the stand-in of J-Quants takes. */
export const apiKey = 'a-key-that-nobody-may-see';

/** The service on real stores in a folder of its own, with a clock that the test sets. */
export interface RunningDataService {
  readonly stores: Stores;
  readonly queue: InProcessQueue;
  readonly service: Service;
  /** Folder of the test, for its files; the state folder is in it. */
  readonly folder: string;
  /** Sets the clock, ISO 8601. */
  setClock(instant: string): void;
  /** GETs a path; gives back status and body. */
  get(url: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** PUTs the content of a file. */
  put(url: string, text: string): Promise<LightMyRequestResponse>;
  runJob(job: string, payload?: Record<string, unknown>): Promise<Run>;
  /** Writes files into a new folder and gives back its path. */
  folderWith(name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string>;
  importBars(path: string, more?: object): Promise<Run>;
  /** Fetches by a POST and waits for the end of the run. */
  fetchBars(request: object): Promise<Run>;
  close(): Promise<void>;
}

/** Starts the service beside a stand-in of J-Quants, on a plan on which there is nothing to wait for. */
export async function startWithJQuants(
  instant: string,
  answers: Answers,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningDataService & { readonly server: ReplayServer }> {
  const server = await startReplayServer(answers);
  const running = await startDataService(instant, {
    DAYTRADE_JQUANTS_PLAN: 'premium',
    DAYTRADE_JQUANTS_URL: server.url,
    DAYTRADE_JQUANTS_API_KEY: apiKey,
    ...environment,
  });
  const close = async () => {
    await running.close();
    await server.close();
  };
  return { ...running, server, close };
}

/** Starts a service with its queue on stores that are open. */
export async function startServiceOn(
  stores: Stores,
  clock: ReturnType<typeof clockAt>,
  environment: Readonly<Record<string, string>>,
) {
  const onError = (error: unknown) => {
    throw error;
  };
  const queue = new InProcessQueue({ ledger: stores.runs, clock, random: Math.random, concurrency: 2, onError });
  const logger = createLogger({ level: 'silent' });
  const settings = parseSettings(environment);
  const service = await createDataService({ settings, version: '1.2.3', stores, queue, clock, logger });
  await queue.start();
  return { service, queue };
}

/** @param environment settings of the service */
export async function startDataService(
  instant: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningDataService> {
  const folder = await mkdtemp(join(tmpdir(), 'data-service-'));
  let now = Date.parse(instant);
  const clock = clockAt(() => now);
  const stores = await openStores({
    folder: await newState(join(folder, 'state')),
    purpose: 'data-service tests',
    now: () => now,
  });
  const { service, queue } = await startServiceOn(stores, clock, environment);
  const fetchBars = async (payload: object): Promise<Run> => {
    const answer = await service.inject({ method: 'POST', url: '/v1/fetches', payload });
    if (answer.statusCode !== 202) throw new Error(`POST /v1/fetches: ${answer.statusCode} ${answer.body}`);
    return queue.finished(runAcceptedSchema.parse(answer.json()).run.id);
  };
  return {
    stores,
    queue,
    service,
    folder,
    setClock: (newInstant) => {
      now = Date.parse(newInstant);
    },
    get: async (url) => {
      const response = await service.inject(url);
      return { status: response.statusCode, body: response.json<unknown>() };
    },
    put: (url, text) => {
      const headers = { 'content-type': 'application/octet-stream' };
      return service.inject({ method: 'PUT', url, headers, payload: Buffer.from(text) });
    },
    runJob: async (job, payload = {}) => {
      const run = await queue.enqueue({ job, key: `${job}/${Math.random()}`, payload, trigger: 'manual' });
      return queue.finished(run.id);
    },
    folderWith: async (name, files) => {
      const path = join(folder, name);
      await mkdir(path, { recursive: true });
      for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content);
      return path;
    },
    importBars: (path, more = {}) => fetchBars({ provider: 'csv', folder: path, ...more }),
    fetchBars,
    close: async () => {
      await service.close();
      await queue.stop(1);
      await stores.close();
      rmSync(folder, { recursive: true });
    },
  };
}
