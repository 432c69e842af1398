import { barListSchema, problemSchema, quarantineListSchema, type Run } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDataService, startDataService } from './data-service.fixture.ts';

let service: RunningDataService;
beforeAll(async () => {
  // Friday, 14:00 in Japan.
  service = await startDataService('2026-11-27T05:00:00Z');
});
afterAll(() => service.close());

const header = 'date,open,high,low,close,volume';
const row = (date: string) => `${date},1000,1010,990,1005,100\n`;

async function importDays(name: string, ...days: readonly string[]): Promise<Run> {
  const csv = `${header}\n${days.map(row).join('')}`;
  return service.importBars(await service.folderWith(name, { '7203.T.csv': csv }));
}

async function dates(): Promise<readonly string[]> {
  return barListSchema.parse((await service.get('/v1/bars/7203')).body).bars.map(({ date }) => date);
}

describe('bars of sessions that are not over', () => {
  it('are kept out, of the running session and of the future, and the others are kept', async () => {
    const run = await importDays('bars', '2026-11-25', '2026-11-26', '2026-11-27', '2027-03-01');
    expect(run).toMatchObject({ status: 'succeeded', result: { barsAdded: 2, rowsQuarantined: 2 } });
    expect(await dates()).toEqual(['2026-11-25', '2026-11-26']);
    const { body } = await service.get('/v1/quarantine?reason=not-over-yet');
    expect(quarantineListSchema.parse(body).quarantine).toMatchObject([
      { line: 4, date: '2026-11-27', message: expect.stringContaining('2026-11-27 ends at 15:30 in Japan') },
      { line: 5, date: '2027-03-01', message: expect.stringContaining('2027-03-01 ends at 15:30 in Japan') },
    ]);
  });

  it('are taken once the session is over', async () => {
    service.setClock('2026-11-27T06:30:00Z');
    expect(await importDays('bars', '2026-11-25', '2026-11-26', '2026-11-27')).toMatchObject({
      result: { barsAdded: 1, rowsQuarantined: 0 },
    });
    expect((await dates()).at(-1)).toBe('2026-11-27');
  });

  it('are refused of the synthetic exchange too', async () => {
    const payload = { provider: 'synthetic', to: '2026-11-30' };
    const answer = await service.service.inject({ method: 'POST', url: '/v1/fetches', payload });
    expect(problemSchema.parse(answer.json())).toMatchObject({
      status: 400,
      detail: 'to: expected a day up to the last closed session, 2026-11-27, got "2026-11-30"',
    });
  });
});
