import type { SymbolCode } from '@daytrade/market';
import type { Missing } from '../network/stored-bars.ts';
import type { RefusedSource, SymbolMaster } from '../provider.ts';
import type { JQuantsMaster } from './master.ts';

/** A source with what was found out about it. */
export interface Listed extends Missing {
  readonly master: SymbolMaster;
}

/** By this name a symbol's rows are called in messages and in the quarantine. */
export function fileOf(symbol: SymbolCode): string {
  return `jquants/${symbol}`;
}

/** What the master knows of the symbols, and those that it does not know. */
export function lookUp(missing: readonly Missing[], master: JQuantsMaster) {
  const listed: Listed[] = [];
  const refused: RefusedSource[] = [];
  for (const source of missing) {
    const found = master.get(source.symbol);
    if (found !== undefined) listed.push({ ...source, master: found });
    else {
      const { symbol } = source;
      refused.push({ symbol, file: fileOf(symbol), message: notListed(source), code: 'data.provider-refused' });
    }
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
