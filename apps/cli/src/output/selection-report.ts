import type { Selection } from '@daytrade/contracts';
import { percent } from './format.ts';
import { renderTable } from './table.ts';

/** Who came and who went since the selection before, in words. */
export function turnoverReport({ previous, entered, left, share }: Selection['turnover']): string {
  if (previous === null) return 'Turnover: no selection was kept before; the job "market-preparation" keeps one a day.';
  if (entered.length + left.length === 0) return `Turnover since ${previous}: 0 %, the same symbols.`;
  const came = entered.length === 0 ? 'nobody' : entered.join(', ');
  const went = left.map(({ symbol, reasons }) => `${symbol} (${reasons.join('; ')})`).join(', ') || 'nobody';
  return `Turnover since ${previous}: ${percent(share)}; new: ${came}; gone: ${went}.`;
}

/** Of each symbol of the pool why it was picked or not. */
export function reasonTable({ symbols, rejected }: Pick<Selection, 'symbols' | 'rejected'>): string {
  const picked = symbols.map(({ symbol, name, reason }) => [symbol, name, 'picked', reason]);
  const others = rejected.map(({ symbol, name, reasons }) => [symbol, name, '', reasons.join('; ')]);
  const columns = [{ title: 'symbol' }, { title: 'name' }, { title: '' }, { title: 'why' }];
  return renderTable(columns, [...picked, ...others]);
}
