import type { Run } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { endedRun, runLine } from '../platform/answering-services.fixture.ts';

describe('runs list', () => {
  const list = async (runs: readonly Run[], ...words: string[]) =>
    await runLine(['runs', 'list', ...words], { 'GET /v1/runs': { runs } });

  it('shows the reason of a failure, how far a run is, and what was asked for', async () => {
    const progress = { stage: 'train', fraction: 0.256, remainingSeconds: null, message: null };
    const error = { code: 'run.failed', message: 'the disk is full', details: {} };
    const { out } = await list([
      endedRun('training', {}, { status: 'failed', error, payload: { seed: 7 } }),
      endedRun('audit', null, { status: 'running', progress, trigger: 'schedule' }),
      endedRun('fetch', null, { status: 'running' }),
      endedRun('report', {}, { trigger: 'schedule' }),
      endedRun('backup', {}, { trigger: 'misfire' }),
      endedRun('evaluation', {}, { payload: { sessions: 500, symbols: ['7203', '6758'] } }),
      endedRun('retention', {}, { trigger: 'manual', payload: { dryRun: true } }),
      endedRun('prediction', {}, { trigger: 'manual' }),
    ]);
    expect(out).toBe(`run           queued (JST)      job         started by  status     what
r-training    2026-11-24 15:00  training    request     failed     the disk is full
r-audit       2026-11-24 15:00  audit       schedule    running    26 %
r-fetch       2026-11-24 15:00  fetch       request     running    0 %
r-report      2026-11-24 15:00  report      schedule    succeeded  report of 2026-11-24
r-backup      2026-11-24 15:00  backup      misfire     succeeded  backup of 2026-11-24
r-evaluation  2026-11-24 15:00  evaluation  request     succeeded  sessions: 500, symbols: 7203, 6758
r-retention   2026-11-24 15:00  retention   manual      succeeded  dry run: yes
r-prediction  2026-11-24 15:00  prediction  manual      succeeded
`);
  });

  it.each([
    [[], 'limit=20', 'No run is listed.\n'],
    [['--dead'], 'dead=true&limit=20', 'No run has failed without being repeated.\n'],
    [
      ['--job', 'training', '--status', 'failed', '--limit', '5'],
      'job=training&status=failed&limit=5',
      'No run is listed.\n',
    ],
  ])('with %j asks for %s', async (words, query, said) => {
    const { requests, out } = await list([], ...words);
    expect(requests).toEqual([[`GET /v1/runs?${query}`]]);
    expect(out).toBe(said);
  });

  it('refuses a status that there is not', async () => {
    await expect(list([], '--status', 'late')).rejects.toThrow(/^--status: expected one of /);
  });
});

describe('runs replay', () => {
  const replay = (replayOf: string, ...words: string[]) =>
    runLine(['runs', 'replay', 'r-old', ...words], {
      'POST /v1/runs/r-old/replay': { run: endedRun('training', { rows: 3 }, { replayOf }) },
    });

  it('waits for the repetition and shows its result', async () => {
    const { out, err } = await replay('r-old');
    expect(out).toBe('Run r-training repeated r-old and succeeded.\n{\n  "rows": 3\n}\n');
    expect(err).toBe('');
    expect(JSON.parse((await replay('r-old', '--json')).out)).toEqual({
      run: 'r-training',
      replayOf: 'r-old',
      result: { rows: 3 },
    });
  });

  it('says when the same work is under way as another run', async () => {
    expect((await replay('r-other')).err).toBe('the same work is under way already, as run r-training\n');
  });
});

it('runs cancel says how the run is now', async () => {
  const run = endedRun('training', null, { id: 'r-1', status: 'cancelled' });
  const { out, requests } = await runLine(['runs', 'cancel', 'r-1'], { 'POST /v1/runs/r-1/cancellation': { run } });
  expect(out).toBe('Run r-1 of training: cancelled\n');
  expect(requests.map(([line]) => line)).toEqual(['POST /v1/runs/r-1/cancellation']);
});

describe('a run that a command waits for', () => {
  const train = (...runs: readonly Partial<Run>[]) => {
    const [first, ...later] = runs.map((changes) => ({ run: endedRun('training', {}, changes) }));
    return runLine(['runs', 'replay', 'r-old'], {
      'POST /v1/runs/r-old/replay': first,
      'GET /v1/runs/r-training': () => later.shift(),
    });
  };
  const progress = { stage: 'train', fraction: 0.5, remainingSeconds: null, message: 'fold 2' };

  it('is asked for until it has ended', async () => {
    const { requests } = await train({ status: 'queued' }, { status: 'running', progress }, { replayOf: 'r-old' });
    expect(requests.map(([line]) => line)).toEqual([
      'POST /v1/runs/r-old/replay',
      'GET /v1/runs/r-training',
      'GET /v1/runs/r-training',
    ]);
  });

  it.each([
    [{ status: 'cancelled', progress }, 'run.cancelled', 'training was cancelled at fold 2; what it finished is kept'],
    [{ status: 'cancelled' }, 'run.cancelled', 'training was cancelled; what it finished is kept'],
    [{ status: 'skipped' }, 'run.failed', 'training ended as skipped'],
    [{ status: 'failed', error: { code: 'data.no-bars', message: 'no bars', details: {} } }, 'data.no-bars', 'no bars'],
  ] as const)('%j throws %s', async (changes, code, message) => {
    await expect(train(changes)).rejects.toMatchObject({ code, message });
  });

  it('names the symbols that it left out', async () => {
    const result = { leftOut: [{ symbol: '7203', message: 'its file is damaged' }] };
    expect((await train({ result, replayOf: 'r-old' })).err).toBe(
      'left out 7203: its file is damaged. Import its bars again: daytrade import FOLDER\n',
    );
  });
});
