import type { Panel, PanelInput } from '@daytrade/series';

const columns = ['open', 'high', 'low', 'close', 'volume'] as const;

/** One symbol on the sessions in which it was traded, as the peers have it. */
export function alone({ symbol, bars }: PanelInput): Panel {
  return { symbols: [symbol], ...bars };
}

/** The newest sessions of all symbols, as many as each has, row after row. */
export function together(inputs: readonly PanelInput[]): Panel {
  const sessions = Math.min(...inputs.map(({ bars }) => bars.days.length));
  const column = (name: (typeof columns)[number]) =>
    Float64Array.from({ length: sessions * inputs.length }, (_, row) => {
      const { bars } = inputs[row % inputs.length]!;
      return bars[name][bars.days.length - sessions + Math.floor(row / inputs.length)]!;
    });
  return {
    symbols: inputs.map(({ symbol }) => symbol),
    days: inputs[0]!.bars.days.slice(-sessions),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

/** The bars as the Python programs read them. */
export function barsAsJson(inputs: readonly PanelInput[]): string {
  const symbols = inputs.map(({ bars }) => ({
    days: [...bars.days],
    Open: [...bars.open],
    High: [...bars.high],
    Low: [...bars.low],
    Close: [...bars.close],
    Volume: [...bars.volume],
  }));
  return JSON.stringify({ symbols });
}
