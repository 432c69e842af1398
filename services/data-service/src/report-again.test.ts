import { jobCatalogue } from '@daytrade/jobs';
import { parseTradeDate } from '@daytrade/market';
import { sampleReport } from '@daytrade/storage/testing';
import { afterAll, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const session = parseTradeDate('2026-11-26');
const header = 'date,open,high,low,close,volume';

const service = await startDataService('2026-11-27T07:00:00Z');
afterAll(() => service.close());

const importDays = async (name: string, ...days: readonly string[]) =>
  service.importBars(
    await service.folderWith(name, {
      '7203.T.csv': `${header}\n${days.map((day) => `${day},1000,1010,990,1005,100\n`).join('')}`,
    }),
  );
const reportRuns = async () => (await service.stores.runs.list({ job: 'report', limit: 10 })).length;

/** As the ML service does it, which is not in this process. */
async function saveReport(close: number | null): Promise<void> {
  const [prediction] = sampleReport().predictions;
  const outcome = { symbol: '7203', close, inside: close === null ? null : true };
  const predictions = [{ ...prediction!, ...outcome }];
  await service.stores.reports.save(sampleReport({ session, synthetic: false, predictions }));
}

it('starts the report again when bars come while one lacks closes, and only then', async () => {
  await importDays('first', '2026-11-24', '2026-11-25');
  await saveReport(null);
  await importDays('unknown-job', '2026-11-24', '2026-11-25', '2026-11-26');
  expect(await reportRuns()).toBe(0);

  service.queue.register({ ...jobCatalogue.report, handler: async () => ({}) });
  await importDays('nothing-new', '2026-11-24', '2026-11-25', '2026-11-26');
  expect(await reportRuns()).toBe(0);
  const run = await importDays('late', '2026-11-26', '2026-11-27');
  expect(run.status).toBe('succeeded');
  expect(await service.stores.runs.list({ job: 'report', limit: 10 })).toMatchObject([
    { key: `report/after/${run.id}`, trigger: 'request' },
  ]);

  await saveReport(1005);
  await importDays('complete', '2026-11-20', '2026-11-24');
  expect(await reportRuns()).toBe(1);
});
