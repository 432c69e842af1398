import { dateOfDayNumber, type TradeDate } from '@daytrade/market';
import type { BarProvider, BarSource, SourceList, SourceRows } from './provider.ts';
import { createSyntheticExchange, type SyntheticExchange } from './synthetic/synthetic-exchange.ts';

export interface SyntheticProviderOptions {
  readonly seed: number;
  /** How many companies are listed. */
  readonly symbols: number;
  /** First day of the bars; default: the first session of the synthetic exchange. */
  readonly from?: TradeDate | undefined;
  /** Last day of the bars. */
  readonly to: TradeDate;
}

/** The synthetic exchange as a source of bars. Its symbols and bars are marked as synthetic wherever they go. */
export class SyntheticProvider implements BarProvider {
  readonly name = 'synthetic';
  readonly synthetic = true;
  readonly #exchange: SyntheticExchange;
  readonly #options: SyntheticProviderOptions;

  /** @throws DayTradeError `input.invalid` for a seed or a number of symbols that the exchange cannot have */
  constructor(options: SyntheticProviderOptions) {
    const { seed, symbols, from } = options;
    this.#options = options;
    this.#exchange = createSyntheticExchange({ seed, symbols, ...(from === undefined ? {} : { start: from }) });
  }

  list(): Promise<SourceList> {
    const file = `synthetic exchange, seed ${this.#options.seed}`;
    return Promise.resolve({ sources: this.#exchange.symbols.map(({ symbol }) => ({ symbol, file })), skipped: [] });
  }

  read({ symbol, file }: BarSource): Promise<SourceRows> {
    const company = this.#exchange.symbols.find((listed) => listed.symbol === symbol);
    const bars = this.#exchange.bars(symbol, this.#exchange.start, this.#options.to);
    const { open, high, low, close, volume } = bars;
    return Promise.resolve({
      master: {
        symbol,
        name: company?.name ?? symbol,
        sector: company?.sector ?? null,
        sizeGroup: company?.sizeGroup ?? null,
        tickTable: company?.tickTable ?? 'standard',
        lot: company?.lot ?? 100,
        synthetic: true,
        sharesOutstanding: company?.sharesOutstanding ?? null,
      },
      interval: '1d',
      file,
      priceBasis: 'traded',
      times: Float64Array.from(bars.days),
      open,
      high,
      low,
      close,
      volume,
      lines: Int32Array.from(bars.days, (_, index) => index + 1),
      rowText: (index) =>
        [dateOfDayNumber(bars.days[index]!), open[index], high[index], low[index], close[index], volume[index]].join(
          ',',
        ),
      malformed: [],
      rowsWithoutTrade: 0,
    });
  }
}
