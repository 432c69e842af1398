import { hash } from 'node:crypto';
import {
  fetchResultSchema,
  problemSchema,
  quarantineListSchema,
  runAcceptedSchema,
  symbolListSchema,
  uploadPartBytes,
  uploadSchema,
} from '@daytrade/contracts';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

/** Two good rows, one with high below low. */
const bars = `date,open,high,low,close,volume
2024-01-04,2000,2030,1990,2010,1000000
2024-01-05,2010,2040,2000,2020,1100000
2024-01-09,2030,2000,2020,2040,1300000
`;
const symbols = 'symbol,name,group,sector\n7203,トヨタ自動車,large,輸送用機器\n';

const running = await startDataService(new Date().toISOString());
afterAll(() => running.close());

type Files = Readonly<Record<string, string>>;
const sha256 = (part: string) => hash('sha256', part);
const listOf = (files: Files) =>
  Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.byteLength(text), parts: [sha256(text)] }));
const announce = async (files: Files) => {
  const payload = { folder: 'daily', files: listOf(files) };
  return await running.service.inject({ method: 'POST', url: '/v1/uploads', payload });
};
const put = async (id: string, body: string, part = sha256(body), type = 'application/octet-stream') =>
  await running.service.inject({
    method: 'PUT',
    url: `/v1/uploads/${id}/parts/${part}`,
    headers: { 'content-type': type },
    payload: body,
  });
const startFetch = async (upload: string) =>
  await running.service.inject({ method: 'POST', url: '/v1/fetches', payload: { provider: 'csv', upload } });

describe('files that are sent', () => {
  const files = { '7203.T.csv': bars, 'symbols.csv': symbols };

  it('end in the same bars, names and quarantine as a folder, and are dropped then', async () => {
    const { id } = uploadSchema.parse((await announce(files)).json());
    expect(problemSchema.parse((await startFetch(id)).json())).toMatchObject({
      status: 409,
      code: 'upload.incomplete',
      detail: expect.stringContaining('parts of 7203.T.csv are missing'),
    });
    for (const text of Object.values(files)) {
      expect((await put(id, text)).json()).toEqual({ id, part: sha256(text) });
    }
    const started = await startFetch(id);
    expect(started.statusCode).toBe(202);
    const run = await running.queue.finished(runAcceptedSchema.parse(started.json()).run.id);
    expect(fetchResultSchema.parse(run.result)).toMatchObject({ symbols: 1, barsAdded: 2, rowsQuarantined: 1 });
    expect(symbolListSchema.parse((await running.service.inject('/v1/symbols')).json()).symbols).toMatchObject([
      { symbol: '7203', name: 'トヨタ自動車', tickTable: 'topix500', synthetic: false, lastDate: '2024-01-05' },
    ]);
    expect(quarantineListSchema.parse((await running.service.inject('/v1/quarantine')).json())).toMatchObject({
      quarantine: [{ file: 'daily/7203.T.csv', line: 4 }],
    });
    await vi.waitFor(async () => expect(await running.stores.objects.list('uploads/')).toEqual([]));
  });

  it('wait for the import itself after a dry run', async () => {
    const { id } = uploadSchema.parse((await announce({ '6758.csv': bars })).json());
    await put(id, bars);
    const payload = { provider: 'csv', upload: id, dryRun: true };
    const dry = await running.service.inject({ method: 'POST', url: '/v1/fetches', payload });
    const run = await running.queue.finished(runAcceptedSchema.parse(dry.json()).run.id);
    expect(fetchResultSchema.parse(run.result)).toMatchObject({ dryRun: true, barsAdded: 2 });
    const imported = await running.queue.finished(runAcceptedSchema.parse((await startFetch(id)).json()).run.id);
    expect(fetchResultSchema.parse(imported.result)).toMatchObject({ dryRun: false, barsAdded: 2 });
  });

  it('are dropped with a run that failed for good', async () => {
    const { id } = uploadSchema.parse((await announce({ '9984.csv': 'a,b\n1,2\n' })).json());
    await put(id, 'a,b\n1,2\n');
    const run = await running.queue.finished(runAcceptedSchema.parse((await startFetch(id)).json()).run.id);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'data.file-unreadable' } });
    await vi.waitFor(async () => expect((await put(id, bars)).statusCode).toBe(404));
  });
});

describe('what is refused', () => {
  it.each(['../x.csv', '/etc/passwd', 'a/b.csv', '..\\x.csv', '7203.txt', 'a\u0000.csv', ''])(
    'the name %j',
    async (name) => {
      const answer = problemSchema.parse((await announce({ [name]: bars })).json());
      expect(answer).toMatchObject({ status: 400, code: 'input.invalid' });
      expect(answer.detail).toContain('files');
    },
  );

  it('a name that stands there twice, and a part of no upload', async () => {
    const payload = { folder: 'daily', files: [...listOf({ '7203.csv': bars }), ...listOf({ '7203.csv': bars })] };
    const twice = await running.service.inject({ method: 'POST', url: '/v1/uploads', payload });
    expect(problemSchema.parse(twice.json()).detail).toContain('no name twice');
    expect(problemSchema.parse((await put('0'.repeat(64), bars)).json())).toMatchObject({
      status: 404,
      code: 'upload.not-found',
    });
  });

  it('content of another hash, length, or type', async () => {
    const { id } = uploadSchema.parse((await announce({ '7203.csv': bars })).json());
    expect(problemSchema.parse((await put(id, bars.slice(1), sha256(bars))).json())).toMatchObject({
      status: 422,
      code: 'upload.content-differs',
    });
    expect(problemSchema.parse((await put(id, '{}', sha256('{}'), 'application/json')).json())).toMatchObject({
      status: 415,
      code: 'input.media-type',
      detail: expect.stringContaining('expected application/octet-stream'),
    });
    expect(problemSchema.parse((await put(id, 'x'.repeat(uploadPartBytes + 1))).json())).toMatchObject({
      status: 413,
    });
  });

  it('a file that would never be read', async () => {
    const post = async (count: number, more = 0) => {
      const parts = Array.from({ length: count }, () => '0'.repeat(64));
      const files = [{ name: '1301.csv', bytes: count * uploadPartBytes + more, parts }];
      return await running.service.inject({ method: 'POST', url: '/v1/uploads', payload: { folder: 'daily', files } });
    };
    for (const wrong of [await post(300), await post(2, 1)]) {
      expect(problemSchema.parse(wrong.json())).toMatchObject({ status: 400, code: 'input.invalid' });
    }
  });

  it('a fetch of both a folder and an upload, or of neither', async () => {
    for (const more of [{}, { folder: '/x', upload: '0'.repeat(64) }, { upload: '0'.repeat(64), symbolsFile: '/x' }]) {
      const payload = { provider: 'csv', ...more };
      const answer = await running.service.inject({ method: 'POST', url: '/v1/fetches', payload });
      expect(problemSchema.parse(answer.json())).toMatchObject({ status: 400, code: 'input.invalid' });
    }
  });
});
