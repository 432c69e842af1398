/** A round trip: a purchase with its sale, or a short sale with its purchase. Prices in yen; sessions by index. */
export interface ClosedTrade {
  readonly symbol: number;
  readonly shares: number;
  readonly side: 1 | -1;
  readonly opened: number;
  readonly closed: number;
  readonly entry: number;
  readonly exit: number;
}

interface Lot {
  readonly session: number;
  price: number;
  shares: number;
}

/** Pairs purchases and sales, first in first out. */
export class TradeList {
  readonly trades: ClosedTrade[] = [];
  /** Open lots by symbol; negative shares are short. */
  readonly #open: (Lot[] | undefined)[] = [];

  /** Adds a purchase, or with negative shares a sale. */
  take(symbol: number, session: number, shares: number, price: number): void {
    let left = shares;
    const lots = this.#open[symbol] ?? [];
    this.#open[symbol] = lots;
    while (left !== 0 && lots.length > 0 && Math.sign(lots[0]!.shares) !== Math.sign(left)) {
      const first = lots[0]!;
      const part = Math.min(Math.abs(left), Math.abs(first.shares));
      const side = first.shares > 0 ? 1 : -1;
      const { session: opened, price: entry } = first;
      this.trades.push({ symbol, shares: part, side, opened, closed: session, entry, exit: price });
      first.shares -= side * part;
      left += side * part;
      if (first.shares === 0) lots.shift();
    }
    if (left !== 0) lots.push({ session, price, shares: left });
  }

  /** Splits open lots: new shares for each old one. */
  split(symbol: number, ratio: number): void {
    for (const lot of this.#open[symbol] ?? []) {
      lot.shares = Math.round(lot.shares * ratio);
      lot.price /= ratio;
    }
  }
}
