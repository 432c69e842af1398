import { problemSchema, quarantineListSchema } from '@daytrade/contracts';
import { afterAll, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const service = await startDataService('2026-11-25T01:00:00Z');
afterAll(() => service.close());
const header = 'date,open,high,low,close,volume';
const files = {
  '7203.csv': `${header}\n2026-11-18,2000,2030,1990,2010,1\n2026-11-19,2000,2030,1990,2010,1.5\n`,
  '6501.csv': `${header}\n2026-11-31,2000,2030,1990,2010,1\n`,
  '9984.csv': `${header}\n2026-11-18,2000,2030,1990,2010,1\n`,
};
await service.importBars(await service.folderWith('bars', files));

const list = async (query: string) => quarantineListSchema.parse((await service.get(`/v1/quarantine?${query}`)).body);
const problem = async (query: string) => problemSchema.parse((await service.get(`/v1/quarantine?${query}`)).body);

it('a reason that does not exist is refused with those that do', async () => {
  expect(await problem('reason=foo')).toMatchObject({
    status: 400,
    detail: expect.stringMatching(/^reason: expected one of fields-missing, .*volume-implausible.*, got "foo"$/),
  });
  expect(await list('reason=volume-implausible')).toMatchObject({ total: 1 });
  expect(await list('reason=closed-day')).toMatchObject({ total: 0 });
});

it('a symbol that is known neither by bars nor by rows is refused', async () => {
  expect(await problem('symbol=9999')).toMatchObject({ status: 404, code: 'data.symbol-unknown' });
  expect(await list('symbol=9984')).toMatchObject({ total: 0 });
  expect(await list('symbol=6501')).toMatchObject({ total: 1 });
});
