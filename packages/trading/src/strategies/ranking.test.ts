import { expect, it } from 'vitest';
import { Account } from '../account/account.ts';
import { View } from '../backtest/view.ts';
import { noiseData } from '../testing/noise-data.ts';
import { defaultParameters } from './catalogue.ts';
import { ranking } from './ranking.ts';

it('buys nothing by Kelly that is forecast to fall, though others fall more', () => {
  const noise = noiseData({ symbols: 4, sessions: 30, seed: 5 });
  const forecasts = { ...noise.forecasts!, skilled: new Uint8Array(30).fill(1) };
  const [session, symbols] = [25, 4];
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    const last = noise.panel.close[(session - 1) * symbols + symbol]!;
    forecasts.centre[session * symbols + symbol] = last * (0.99 - 0.001 * symbol);
  }
  const view = new View({ ...noise, forecasts });
  view.goTo(session);
  const account = new Account({ kind: 'day-margin', cash: 1e9, symbols });
  const sidesWith = (kelly: number) =>
    ranking
      .with(defaultParameters(ranking, { kelly }))(view, account)
      .map(({ symbol, side }) => `${side} ${symbol}`);
  expect(sidesWith(0)).toEqual(['buy 0', 'buy 1', 'sell 2', 'sell 3']);
  expect(sidesWith(1)).toEqual(['sell 2', 'sell 3']);
});
