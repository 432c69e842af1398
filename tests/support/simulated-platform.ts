import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseSettings, runAcceptedSchema } from '@daytrade/contracts';
import { createDataService } from '@daytrade/data-service';
import { Computations, createMlService } from '@daytrade/ml-service';
import { createSchedulerService } from '@daytrade/scheduler-service';
import { createLogger } from '@daytrade/service';
import { type Embedded, embedded, type Host, openHost } from '@daytrade/service/host';
import { newState } from '@daytrade/storage/testing';
import { SteppedClock } from './stepped-clock.ts';

export type SimulatedHost = Host<Embedded, 'data' | 'ml' | 'scheduler'>;

/** The services of one process with real jobs and a new state, on a clock that stands still until it is moved. */
export interface SimulatedPlatform {
  readonly host: SimulatedHost;
  /** Starts a run by a route of a service and waits for its end. @throws Error when it fails */
  run(service: 'data' | 'ml' | 'scheduler', url: string, payload: object): Promise<void>;
  /** Lets the scheduler follow the clock. */
  startScheduler(): Promise<void>;
  /** Moves the clock over all that is due until an instant (ISO 8601), each thing after the one before has ended. */
  moveTo(instant: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens such services; nothing is fetched or trained yet.
 *
 * @param at where the clock stands, ISO 8601
 */
export async function openSimulatedPlatform(at: string): Promise<SimulatedPlatform> {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-'));
  const clock = new SteppedClock(at);
  const state = { DAYTRADE_STATE_DIR: await newState(join(folder, 'state')), DAYTRADE_PORT: 0 };
  const host: SimulatedHost = await openHost({
    settings: { ...parseSettings({}), ...state },
    version: '1.2.3',
    logger: createLogger({ level: 'silent' }),
    clock,
    random: Math.random,
    open: embedded({
      purpose: 'a simulated platform',
      onNewer: () => undefined,
    }),
    parts: [
      ['data', createDataService],
      [
        'ml',
        (context) => {
          const computations = new Computations(2);
          context.opening.defer(() => computations.close());
          return createMlService({ ...context, computations });
        },
      ],
      ['scheduler', createSchedulerService],
    ],
  });
  await host.queue.start();
  return {
    host,
    run: async (service, url, payload) => {
      const answer = await host.services[service].inject({ method: 'POST', url, payload });
      const { error } = await host.queue.finished(runAcceptedSchema.parse(answer.json()).run.id);
      if (error !== null) throw new Error(`${url}: ${error.message}`);
    },
    startScheduler: async () => {
      await host.listen('scheduler');
      // It follows the clock once it has written down that it watches each job, a moment after it listens.
      for (let jobs = -1; ; ) {
        const watched = (await host.stores.schedules.list()).length;
        if (watched === jobs && watched > 0) return;
        jobs = watched;
        await sleep(200);
      }
    },
    moveTo: (instant) => clock.moveTo(instant, () => settled(host)),
    close: async () => {
      await host.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Waits until no run is under way, and what a tick of the scheduler asks the database for has come. */
async function settled({ stores }: SimulatedHost): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet += 1) {
    await sleep(3);
    if ((await stores.runs.unfinished()).some(({ status }) => status !== 'waiting')) quiet = -1;
  }
}
