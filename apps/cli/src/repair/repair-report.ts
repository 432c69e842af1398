import { count, quantity } from '../output/format.ts';
import { renderTable } from '../output/table.ts';
import type { LackingBars } from './lacking-bars.ts';
import type { RepairStep } from './repair-plan.ts';

/** What a symbol lacked, and lacks after the repair; the same where none was made. */
export interface RepairedSymbol {
  readonly before: LackingBars;
  readonly after: LackingBars;
}

export interface RepairResult {
  readonly from: string;
  readonly dryRun: boolean;
  readonly steps: readonly (RepairStep & { readonly barsAdded: number; readonly barsChanged: number })[];
  readonly symbols: readonly RepairedSymbol[];
  readonly withoutSource: readonly string[];
}

/** What a repair did, or would do. */
export function repairReport({ from, dryRun, steps, symbols, withoutSource }: RepairResult): string {
  if (symbols.length === 0) return `Nothing is missing from ${from} on.`;
  const fetched = steps.map(({ source, symbols: asked, barsAdded, barsChanged }) =>
    dryRun
      ? `Would ask ${source} again for ${quantity(asked.length, 'symbol')}.`
      : `${source}: ${quantity(barsAdded, 'bar')} added, ${count(barsChanged)} changed.`,
  );
  const unknown =
    withoutSource.length === 0 ? [] : [`Of ${withoutSource.join(', ')} no source is remembered: ${advice}.`];
  const note = dryRun ? ['Nothing was fetched: leave out --dry-run.'] : leftOver(symbols);
  return [tableOf(symbols, dryRun), [...fetched, ...unknown, ...note].join('\n')].join('\n\n');
}

const advice = 'get their files again and run daytrade import FOLDER';

function tableOf(symbols: readonly RepairedSymbol[], dryRun: boolean): string {
  const change = (before: number, after: number) =>
    dryRun || before === 0 ? count(before) : `${count(before)} → ${count(after)}`;
  return renderTable(
    [
      { title: 'symbol' },
      { title: 'sessions without daily bar', align: 'right' },
      { title: 'without 5-minute bar', align: 'right' },
      { title: 'file' },
    ],
    symbols.map(({ before, after }) => [
      before.symbol,
      change(before.dailySessions, after.dailySessions),
      change(before.intradaySessions, after.intradaySessions),
      before.damage === null ? 'whole' : dryRun || after.damage !== null ? 'damaged' : 'damaged → whole',
    ]),
  );
}

/** What no source has is not made up. */
function leftOver(symbols: readonly RepairedSymbol[]): string[] {
  const left = symbols.reduce((sum, { after }) => sum + after.dailySessions + after.intradaySessions, 0);
  return left === 0
    ? []
    : [`${quantity(left, 'session')} still without bars: their sources have none, and none are made up.`];
}
