import type { StrategyFile } from '@daytrade/trading';

/** Holds what rose most in 250 sessions, and sells short what rose least. */
const strategy: StrategyFile = ({ most, invested, sharesFor }) => ({
  summary: 'holds what rose most in 250 sessions, and sells short what rose least',
  parameters: [most, invested],
  needsForecasts: false,
  with: (parameters) => (view, account) => {
    const rise = (symbol: number) => view.close(symbol) / view.close(symbol, 250);
    const all = Array.from({ length: view.symbols }, (_, symbol) => symbol).filter((symbol) => rise(symbol) > 0);
    const ranked = all.toSorted((one, other) => rise(other) - rise(one) || one - other);
    const each = (account.equity * parameters.invested!) / (2 * parameters.most!);
    return ranked.flatMap((symbol, place) => {
      const [isLong, isShort] = [place < parameters.most!, place >= ranked.length - parameters.most!];
      const held = account.sharesOf(symbol);
      const shares = sharesFor(view, symbol, each);
      const wanted = isLong ? shares : isShort ? -shares : 0;
      // A position that is still on its side stays as it is.
      if (wanted === held || wanted * held > 0) return [];
      const side = wanted > held ? 'buy' : 'sell';
      return [{ symbol, side, shares: Math.abs(wanted - held), type: 'market', time: 'open' }];
    });
  },
});

export default strategy;
