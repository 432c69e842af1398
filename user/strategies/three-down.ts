import type { StrategyFile } from '@daytrade/trading';

/** Buys what fell some sessions in a row, and sells at the close. */
const strategy: StrategyFile = ({ most, invested, mostTraded, sharesFor }) => ({
  summary: 'buys what fell some sessions in a row, from open to close',
  parameters: [
    most,
    invested,
    { name: 'falls', description: 'falls in a row', low: 1, high: 10, default: 3, candidates: [2, 3, 4] },
  ],
  needsForecasts: false,
  // Called with each set of parameters, and then before each session with what is known by then.
  with: (parameters) => (view, account) =>
    mostTraded(view, parameters.most!).flatMap((symbol) => {
      // Sessions are counted back: 0 is the newest finished one.
      const backs = Array.from({ length: parameters.falls! }, (_, back) => back);
      const fell = backs.every((back) => view.close(symbol, back) < view.close(symbol, back + 1));
      const shares = sharesFor(view, symbol, (account.equity * parameters.invested!) / parameters.most!);
      return fell && shares > 0 ? [{ symbol, side: 'buy', shares, type: 'market', time: 'open', closes: true }] : [];
    }),
});

export default strategy;
