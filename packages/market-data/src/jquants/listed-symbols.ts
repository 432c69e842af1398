import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { RefusedSource, SymbolMaster } from '../provider.ts';
import type { JQuantsMaster } from './master.ts';
import type { DateRange } from './missing-sessions.ts';

/** The stored bars of a symbol, as far as an update has to know them. */
export interface StoredBars {
  readonly firstDate: TradeDate;
  readonly lastDate: TradeDate;
  readonly bars: number;
  readonly synthetic: boolean;
}

/** What is missing of a symbol. */
export interface Missing {
  readonly symbol: SymbolCode;
  readonly ranges: readonly DateRange[];
  /** First stored day; undefined without bars. */
  readonly storedFrom: TradeDate | undefined;
}

/** A source with what was found out about it. */
export interface Listed extends Missing {
  readonly master: SymbolMaster;
}

/** By this name a symbol's rows are called in messages and in the quarantine. */
export function fileOf(symbol: SymbolCode): string {
  return `jquants/${symbol}`;
}

/** Undefined without real bars. */
export function inUse(stored: StoredBars | undefined): StoredBars | undefined {
  return stored === undefined || stored.bars === 0 || stored.synthetic ? undefined : stored;
}

/** What the master knows of the symbols, and those that it does not know. */
export function lookUp(missing: readonly Missing[], master: JQuantsMaster) {
  const listed: Listed[] = [];
  const refused: RefusedSource[] = [];
  for (const source of missing) {
    const found = master.get(source.symbol);
    if (found !== undefined) listed.push({ ...source, master: found });
    else refused.push({ file: fileOf(source.symbol), message: notListed(source), code: 'data.provider-refused' });
  }
  return { listed, refused };
}

function notListed({ symbol, storedFrom }: Missing): string {
  const missing = `${symbol} is not among the listed issues of J-Quants`;
  if (storedFrom === undefined) return `${missing}: a wrong code, or it was delisted, merged or got another code`;
  return (
    `${missing} any more: since its last stored bar it was delisted, merged or got another code. Its ` +
    'stored bars stay, and no new ones come: leave it out of --symbols'
  );
}
