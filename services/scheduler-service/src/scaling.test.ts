import { beforeEach, describe, expect, it } from 'vitest';
import { workerScaler } from './scaling.ts';

/** A Deployment as far as a scaler sees it. */
class Deployment {
  replicas: number;
  reachable = true;

  constructor(replicas: number) {
    this.replicas = replicas;
  }

  async read(): Promise<number> {
    if (!this.reachable) throw new Error('no API server');
    return this.replicas;
  }

  async write(replicas: number): Promise<void> {
    this.replicas = replicas;
  }
}

let deployment: Deployment;
let unfinished: number;
let hasQueue: boolean;
let now: number;
let adjust: () => Promise<void>;
const errors: unknown[] = [];
const changes: object[] = [];

async function start(replicas: number): Promise<void> {
  deployment = new Deployment(replicas);
  adjust = workerScaler({
    scale: deployment,
    unfinished: async () => unfinished,
    reachable: async () => {
      if (!hasQueue) throw new Error('no Redis');
    },
    now: () => now,
    min: 1,
    max: 5,
    runsPerReplica: 2,
    onScaled: (change) => changes.push(change),
  });
  await seconds(0);
}

/** Looks every five seconds, also at the end, and gives back how many replicas there are then. */
async function seconds(count: number): Promise<number> {
  for (const end = now + count * 1_000; ; now += 5_000) {
    await adjust().catch((error) => errors.push(error));
    if (now >= end) return deployment.replicas;
  }
}

beforeEach(() => {
  now = 0;
  unfinished = 0;
  hasQueue = true;
  errors.length = 0;
  changes.length = 0;
});

describe('the scaler of the workers', () => {
  it('adds workers at once, as many as the queue needs, and never more than the limit', async () => {
    await start(1);
    unfinished = 5;
    expect(await seconds(5)).toBe(3);
    unfinished = 100;
    expect(await seconds(5)).toBe(5);
  });

  it('takes workers away only once the queue has needed fewer for a minute', async () => {
    await start(1);
    unfinished = 8;
    expect(await seconds(5)).toBe(4);
    unfinished = 0;
    expect(await seconds(50)).toBe(4);
    expect(await seconds(15)).toBe(1);
  });

  it('keeps what it finds for a minute, since it does not know what was needed before it began', async () => {
    await start(4);
    expect(await seconds(50)).toBe(4);
    expect(await seconds(15)).toBe(1);
  });

  it('adds none while the queue cannot be reached, and leaves the room to what is needed to reach it', async () => {
    await start(1);
    unfinished = 4;
    expect(await seconds(5)).toBe(2);
    hasQueue = false;
    unfinished = 8;
    expect(await seconds(50)).toBe(2);
    expect(await seconds(15)).toBe(1);
    hasQueue = true;
    expect(await seconds(5)).toBe(4);
  });

  it('counts the minute from the last look at which more were needed', async () => {
    await start(1);
    unfinished = 8;
    expect(await seconds(5)).toBe(4);
    unfinished = 0;
    expect(await seconds(55)).toBe(4);
    expect(await seconds(5)).toBe(1);
    expect(changes).toEqual([
      { from: 1, to: 4, unfinished: 8 },
      { from: 4, to: 1, unfinished: 0 },
    ]);
  });

  it('goes on after the API server did not answer', async () => {
    await start(1);
    deployment.reachable = false;
    unfinished = 4;
    await seconds(10);
    expect(errors.length).toBeGreaterThan(0);
    deployment.reachable = true;
    expect(await seconds(5)).toBe(2);
  });
});
