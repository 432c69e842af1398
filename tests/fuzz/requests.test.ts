// @module-tag long
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, problemSchema, runAcceptedSchema } from '@daytrade/contracts';
import { seededRandom } from '@daytrade/series';
import { createLogger } from '@daytrade/service';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlatform, type Platform } from '../../apps/cli/src/platform/open-platform.ts';
import { RandomRequests, routesOf } from './random-request.ts';

const requests = 600;
let folder: string;
let platform: Platform;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-fuzz-'));
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR: join(folder, 'state') };
  platform = await openPlatform(settings, createLogger({ level: 'silent' }), 'daytrade tests');
  await platform.queue.start();
  const payload = { provider: 'synthetic', symbols: 3, from: '2026-08-03' };
  const answer = await platform.services.data.inject({ method: 'POST', url: '/v1/fetches', payload });
  expect((await platform.queue.finished(runAcceptedSchema.parse(answer.json()).run.id)).status).toBe('succeeded');
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

it(`${requests} random requests are answered, none as a fault of the platform`, async () => {
  const faults: unknown[] = [];
  for (const service of Object.values(platform.services)) {
    const random = seededRandom(20_261_127);
    const source = new RandomRequests(random, routesOf((await service.inject('/openapi.json')).json()));
    for (let count = 0; count < requests / 3; count += 1) {
      const { method, target: url, headers, body } = source.next();
      // What the HTTP parser and the transport look at is not there when a request is injected.
      const { 'content-length': _length, expect: _expect, ...injected } = headers;
      const answer = await service.inject({
        method: method as 'GET',
        url,
        headers: injected,
        ...(body === undefined ? {} : { payload: body }),
      });
      const isRefusal = answer.statusCode === 503 && answer.headers['retry-after'] !== undefined;
      if (answer.statusCode >= 500 && !isRefusal) faults.push({ method, url, headers, body, answer: answer.body });
      if (answer.statusCode >= 400 && method !== 'HEAD') problemSchema.parse(answer.json());
    }
  }
  expect(faults).toEqual([]);
});
