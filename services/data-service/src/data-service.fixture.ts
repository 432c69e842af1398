import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSettings, type Run, runAcceptedSchema } from '@daytrade/contracts';
import { clockAt, queueOn } from '@daytrade/jobs/testing';
import { type Answers, startReplayServer } from '@daytrade/market-data/testing';
import { createLogger } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';
import { newStores } from '@daytrade/storage/testing';
import { createDataService } from './app.ts';

/** The key that the stand-in of J-Quants takes. */
export const apiKey = 'a-key-that-nobody-may-see';

export type RunningDataService = Awaited<ReturnType<typeof startDataService>>;

/** Starts the service beside a stand-in of J-Quants, on a plan on which there is nothing to wait for. */
export async function startWithJQuants(
  instant: string,
  answers: Answers,
  environment: Readonly<Record<string, string>> = {},
) {
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
  const queue = queueOn(stores.runs, clock);
  const logger = createLogger({ level: 'silent' });
  const settings = parseSettings(environment);
  const service = await createDataService({ settings, version: '1.2.3', stores, queue, clock, logger });
  await queue.start();
  return { service, queue };
}

/**
 * Starts the service on real stores in a folder of its own, with a clock that the test sets.
 *
 * @param environment settings of the service
 */
export async function startDataService(instant: string, environment: Readonly<Record<string, string>> = {}) {
  let now = Date.parse(instant);
  const clock = clockAt(() => now);
  const stores = await newStores(() => now);
  const { folder } = stores;
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
    /** Folder of the test, for its files; the state folder is in it. */
    folder,
    setClock: (newInstant: string) => {
      now = Date.parse(newInstant);
    },
    get: async (url: string) => {
      const response = await service.inject(url);
      return { status: response.statusCode, body: response.json<unknown>() };
    },
    put: (url: string, text: string) => {
      const headers = { 'content-type': 'application/octet-stream' };
      return service.inject({ method: 'PUT', url, headers, payload: Buffer.from(text) });
    },
    runJob: async (job: string, payload: Record<string, unknown> = {}) => {
      const run = await queue.enqueue({ job, key: `${job}/${Math.random()}`, payload, trigger: 'manual' });
      return queue.finished(run.id);
    },
    /** Writes files into a new folder and gives back its path. */
    folderWith: async (name: string, files: Readonly<Record<string, string | Uint8Array>>) => {
      const path = join(folder, name);
      await mkdir(path, { recursive: true });
      for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content);
      return path;
    },
    importBars: (path: string, more: object = {}) => fetchBars({ provider: 'csv', folder: path, ...more }),
    fetchBars,
    close: async () => {
      await service.close();
      await queue.stop(1);
      await stores.close();
    },
  };
}
