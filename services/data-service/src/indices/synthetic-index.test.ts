import { indexListSchema } from '@daytrade/contracts';
import { afterAll, expect, it } from 'vitest';
import { startDataService } from '../data-service.fixture.ts';

// Wednesday 2026-11-25, 08:30 in Japan.
const running = await startDataService('2026-11-24T23:30:00Z');
afterAll(() => running.close());

const nasdaq = async () => {
  const { indices } = indexListSchema.parse((await running.get('/v1/indices')).body);
  return indices.filter(({ name }) => name === 'nasdaq');
};
const bars = 'date,open,high,low,close,volume\n2026-11-18,2000,2030,1990,2010,1000000\n';

it('comes with synthetic bars, grows with them, gives way to real bars, and is removed with the demo', {
  tags: ['long'],
}, async () => {
  await running.fetchBars({ provider: 'synthetic', symbols: 3 });
  const known = { state: 'known', expected: '2026-11-24', lastDate: '2026-11-24', source: 'synthetic', inUse: true };
  expect(await nasdaq()).toMatchObject([{ ...known, synthetic: true }]);
  running.setClock('2026-11-25T23:30:00Z');
  expect((await running.runJob('market-preparation')).result).toMatchObject({
    indices: { known: [{ name: 'nasdaq', lastDate: '2026-11-25' }] },
  });
  await running.importBars(await running.folderWith('real', { '7203.csv': bars }));
  expect(await nasdaq()).toMatchObject([
    { state: 'absent', synthetic: false, inUse: true },
    { state: 'known', synthetic: true, inUse: false },
  ]);
  await running.service.inject({ method: 'DELETE', url: '/v1/symbols?synthetic=true' });
  expect(await nasdaq()).toMatchObject([{ state: 'absent', synthetic: false }]);
});
