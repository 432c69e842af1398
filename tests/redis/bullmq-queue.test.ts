import { BullMqQueue } from '@daytrade/jobs/redis';
import { describeJobQueue } from '@daytrade/jobs/testing';
import { afterAll, beforeAll } from 'vitest';
import { RedisServer } from '../support/redis-server.ts';

let server: RedisServer;
let queues = 0;
beforeAll(async () => {
  server = await RedisServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

describeJobQueue(
  'BullMqQueue',
  (ledger) =>
    new BullMqQueue({
      ledger,
      jobs: [],
      redis: server.address,
      prefix: `suite-${queues++}`,
      works: true,
      clock: { now: Date.now, setTimeout, clearTimeout },
      random: Math.random,
      lockSeconds: 1,
      sweepSeconds: 0.5,
      onError: () => undefined,
      onConnection: () => undefined,
    }),
);
