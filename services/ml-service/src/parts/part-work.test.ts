import { parseSymbol } from '@daytrade/market';
import { buildPanel } from '@daytrade/series';
import { expect, it, onTestFinished } from 'vitest';
import { madeBars } from '../app.fixture.ts';
import { PartWork } from './part-work.ts';

it('computes the features again for the next part after the thread that did was lost', async () => {
  const work = new PartWork(1);
  onTestFinished(() => work.close());
  const panel = buildPanel([
    {
      symbol: { symbol: parseSymbol('0101'), tickTable: 'standard', priceBasis: 'traded' },
      bars: madeBars(1, '2025-01-06', '2025-03-31'),
    },
  ]);
  await work.use(
    'a hash',
    async () => ({ panel, synthetic: true }),
    async (held) => {
      const lost = expect(held.features()).rejects.toThrow();
      await work.close();
      await lost;
      expect(await held.features()).toMatchObject({ sessions: panel.days.length });
    },
  );
});
