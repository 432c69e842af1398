import { evaluationSchema } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { Installation } from '../support/installation.ts';
import { hasRealBars, needsRealBars, realBars } from '../support/real-bars.ts';

const symbols = ['4063', '4568', '6098', '6501', '6758', '6861', '7203', '8035', '8306', '9432', '9983', '9984'];

it.skipIf(!hasRealBars)(`forecasts at 14:00 from imported bars of both kinds are sharper${needsRealBars}`, async () => {
  const installation = new Installation('five-minute-bars');
  await installation.begin();
  // Adjusted for dividends, and 9984 for a split; many days lack the bar of 09:00.
  for (const folder of ['daily-2021-2025-adjusted', '5min-2025']) {
    const { exitCode, stderr } = await installation.daytrade('import', realBars('tse', folder));
    expect(exitCode, stderr).toBe(0);
  }
  const asked = ['--horizon', 'close@14:00', '--symbols', ...symbols];
  const { coverage, winklerBp, intervalMethods, bySymbol } = await installation.read(
    evaluationSchema,
    'evaluate',
    ...asked,
  );
  const plain = intervalMethods.find(({ name }) => name === 'ewma-split')!;
  figure('close@14:00 against EWMA + split', `${(100 * (1 - winklerBp / plain.winklerBp)).toFixed(1)} % lower`);
  expect(coverage).toBeGreaterThan(0.91);
  expect(coverage).toBeLessThan(0.96);
  // A basis from the first 5-minute bar's open left half of the gain, which is some 11 % here.
  expect(winklerBp).toBeLessThan(0.92 * plain.winklerBp);
  for (const { symbol, meanWidthBp } of bySymbol) expect(meanWidthBp, symbol).toBeLessThan(500);
});
