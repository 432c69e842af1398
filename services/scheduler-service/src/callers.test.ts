import { jobListSchema, parseSettings } from '@daytrade/contracts';
import { type InProcessQueue, jobCatalogue } from '@daytrade/jobs';
import { clockAt, queueOn } from '@daytrade/jobs/testing';
import { createLogger, type Service } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';
import { newStores } from '@daytrade/storage/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSchedulerService } from './app.ts';

const tokens = { operator: 'an-operator-of-32-characters-000', reader: 'a-reader-of-some-32-characters-0' };
const clock = clockAt(() => Date.parse('2026-11-25T01:00:00Z'));

let stores: Stores;
let queue: InProcessQueue;
let service: Service;

beforeAll(async () => {
  stores = await newStores(() => clock.now());
  queue = queueOn(stores.runs, clock);
  for (const outline of Object.values(jobCatalogue)) queue.register({ ...outline, handler: async () => ({}) });
  const settings = parseSettings({ DAYTRADE_TOKEN: tokens.operator, DAYTRADE_READ_TOKEN: tokens.reader });
  const logger = createLogger({ level: 'silent' });
  service = await createSchedulerService({ settings, version: '1', stores, queue, clock, logger });
});

afterAll(async () => {
  await service.close();
  await stores.close();
});

const ask = (caller: keyof typeof tokens, method: 'GET' | 'POST', url: string, payload?: object) =>
  service.inject({ method, url, headers: { authorization: `Bearer ${tokens[caller]}` }, ...(payload && { payload }) });

it('a reader sees jobs and changes none, and an operator stands in the record', async () => {
  const pause = { by: 'hanako', reason: 'the disk is full' };
  const refused = await ask('reader', 'POST', '/v1/jobs/prediction/pause', pause);
  expect(refused.json()).toMatchObject({ status: 403, code: 'http.read-only' });
  expect((await ask('operator', 'POST', '/v1/jobs/prediction/pause', pause)).statusCode).toBe(200);
  const { jobs } = jobListSchema.parse((await ask('reader', 'GET', '/v1/jobs')).json());
  expect(jobs[0]?.paused).toMatchObject({ ...pause, by: 'operator: hanako' });
});
