import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes, type Settings } from '@daytrade/contracts';
import { type ReplayServer, startReplayServer } from '@daytrade/market-data/testing';
import { openStores } from '@daytrade/storage';
import { newState } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endedRun, testSettings } from './answering-services.fixture.ts';
import { assertOneMachine, connect } from './connect.ts';
import { removeRunningFile, writeRunningFile } from './running-file.ts';

let folder: string;
let state: string;
let server: ReplayServer;
let asked: string[];
const run = endedRun('report', {}, { id: 'r-served' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-connect-'));
  state = await newState(join(folder, 'state'));
  server = await startReplayServer(({ path, headers }) => {
    asked.push([path.split('?')[0], headers.authorization].join(' ').trim());
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ runs: [run] }) };
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const settings = (changes: Partial<Settings> = {}) => testSettings({ DAYTRADE_STATE_DIR: state, ...changes });

/** Asks the services that the settings lead to for runs. */
async function runsBy(given: Settings) {
  asked = [];
  const connection = await connect(given, 'a test');
  try {
    const { runs } = await connection.scheduler.call(routes.runs);
    return { sharesFiles: connection.sharesFiles, runs };
  } finally {
    await connection.close();
  }
}

function platformAt(scheduler: string) {
  const others = { dashboard: server.url, data: server.url, ml: server.url };
  writeRunningFile(state, { pid: process.pid, startedAt: '2026-11-25T01:00:00.000Z', ...others, scheduler });
}

describe('a command reaches', () => {
  it('the platform that runs on the state folder, with the token', async () => {
    platformAt(server.url);
    const token = 'a-token-of-24-characters-or-more';
    expect(await runsBy(settings({ DAYTRADE_TOKEN: token }))).toEqual({ sharesFiles: true, runs: [run] });
    expect(asked).toEqual(['/healthz', `/v1/runs Bearer ${token}`]);
  });

  it('the services of a cluster, which do not share its files', async () => {
    platformAt('http://127.0.0.1:1');
    const { sharesFiles, runs } = await runsBy(settings({ DAYTRADE_SERVICES: server.url }));
    expect([sharesFiles, runs]).toEqual([false, [run]]);
    expect(asked).not.toContain('/healthz');
  });

  it('the state folder itself where nothing listens, and ends what a dead process left', async () => {
    platformAt('http://127.0.0.1:1');
    const now = () => Date.parse('2026-11-25T01:00:00.000Z');
    const stores = await openStores({ folder: state, purpose: 'a test', now });
    const left = endedRun('training', null, { id: 'r-left', status: 'running', finishedAt: null });
    await stores.runs.create(left);
    await stores.close();
    const { sharesFiles, runs } = await runsBy(settings());
    expect(sharesFiles).toBe(true);
    expect(runs).toMatchObject([
      {
        id: 'r-left',
        status: 'failed',
        error: {
          code: 'run.failed',
          message: 'the process that ran it ended before it was done; run it again, finished work is kept',
        },
      },
    ]);
    removeRunningFile(state);
  });

  it('nothing where the settings describe a cluster without its services, and shows no password', async () => {
    const failed = connect(settings({ DAYTRADE_DATABASE_URL: 'postgres://day:a-password@db/daytrade' }), 'a test');
    await expect(failed).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringMatching(/^DAYTRADE_SERVICES: expected the URLs of the services/) as string,
    });
    await expect(failed).rejects.not.toThrow(/a-password/);
  });
});

it('everything in one process refuses a shared database', () => {
  expect(() => assertOneMachine(settings())).not.toThrow();
  expect(() => assertOneMachine(settings({ DAYTRADE_DATABASE_URL: 'postgres://db/daytrade' }))).toThrow(
    /^DAYTRADE_DATABASE_URL: expected it not to be set, since `daytrade up` runs on the state folder/,
  );
});
