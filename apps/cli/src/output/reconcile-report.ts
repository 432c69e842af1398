import type { ReconciledSymbol, Reconciliation } from '../reconcile/reconcile-folder.ts';
import { count, quantity } from './format.ts';
import { renderTable } from './table.ts';

const kinds = ['ex-dividend', 'split', 'step', 'price', 'volume', 'only-stored', 'only-other'] as const;

/**
 * A summary, the differences of each symbol counted by kind, then the differences themselves.
 *
 * @param rows differences to show of each symbol
 */
export function reconcileReport({ symbols, notCompared }: Reconciliation, rows: number): string {
  const days = symbols.reduce((sum, symbol) => sum + symbol.days, 0);
  const differences = symbols.reduce((sum, symbol) => sum + symbol.differences.length, 0);
  const compared = `${quantity(symbols.length, 'symbol')} compared on ${quantity(days, 'day')}`;
  const blocks = [`${compared}: ${quantity(differences, 'difference')}.`];
  if (symbols.length > 0) blocks.push(countsTable(symbols));
  blocks.push(...symbols.filter((symbol) => symbol.differences.length > 0).map((symbol) => listed(symbol, rows)));
  blocks.push(...notCompared.map(({ symbol, message }) => `not compared: ${symbol}: ${message}`));
  return blocks.join('\n\n');
}

function countsTable(symbols: readonly ReconciledSymbol[]): string {
  return renderTable(
    [
      { title: 'symbol' },
      { title: 'days', align: 'right' },
      { title: 'from' },
      { title: 'to' },
      { title: 'tolerance', align: 'right' },
      ...kinds.map((title) => ({ title, align: 'right' as const })),
    ],
    symbols.map(({ symbol, days, from, to, tolerance, differences }) => [
      symbol,
      count(days),
      from ?? '–',
      to ?? '–',
      `${(tolerance * 100).toFixed(2)} %`,
      ...kinds.map((kind) => count(differences.filter((difference) => difference.kind === kind).length)),
    ]),
  );
}

function listed({ symbol, name, differences }: ReconciledSymbol, rows: number): string {
  const title = name === symbol ? symbol : `${symbol} ${name}`;
  const shown = differences.slice(0, rows).map(({ date, kind, message }) => `  ${date}  ${kind}: ${message}`);
  const more = differences.length - rows;
  return [
    title,
    ...shown,
    ...(more > 0 ? [`  … ${count(more)} more: --rows ${differences.length}, or --json`] : []),
  ].join('\n');
}
