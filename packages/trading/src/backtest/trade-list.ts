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
  readonly price: number;
  shares: number;
}

/** Numbers per closed trade: symbol, signed shares, sessions and prices of both ends. */
const width = 6;

/** Pairs purchases and sales, first in first out. Trades are kept as numbers until they are read. */
export class TradeList {
  /** Open lots by symbol; negative shares are short. */
  readonly #open: (Lot[] | undefined)[] = [];
  #closed = new Float64Array(64 * width);
  #count = 0;
  #trades: readonly ClosedTrade[] = [];

  get trades(): readonly ClosedTrade[] {
    if (this.#trades.length !== this.#count) this.#trades = Array.from({ length: this.#count }, (_, i) => this.#at(i));
    return this.#trades;
  }

  /** Adds a purchase, or with negative shares a sale. */
  take(symbol: number, session: number, shares: number, price: number): void {
    let left = shares;
    const lots = this.#open[symbol] ?? [];
    this.#open[symbol] = lots;
    while (left !== 0 && lots.length > 0 && Math.sign(lots[0]!.shares) !== Math.sign(left)) {
      const first = lots[0]!;
      const part = Math.min(Math.abs(left), Math.abs(first.shares));
      const side = first.shares > 0 ? 1 : -1;
      this.#close(symbol, side * part, first, session, price);
      first.shares -= side * part;
      left += side * part;
      if (first.shares === 0) lots.shift();
    }
    if (left !== 0) lots.push({ session, price, shares: left });
  }

  #close(symbol: number, shares: number, { session: opened, price: entry }: Lot, closed: number, exit: number): void {
    const from = this.#count * width;
    if (from === this.#closed.length) {
      const larger = new Float64Array(2 * from);
      larger.set(this.#closed);
      this.#closed = larger;
    }
    const to = this.#closed;
    to[from] = symbol;
    to[from + 1] = shares;
    to[from + 2] = opened;
    to[from + 3] = closed;
    to[from + 4] = entry;
    to[from + 5] = exit;
    this.#count += 1;
  }

  #at(i: number): ClosedTrade {
    const [symbol, shares, opened, closed, entry, exit] = this.#closed.subarray(i * width, (i + 1) * width);
    const side = shares! > 0 ? 1 : -1;
    return {
      symbol: symbol!,
      shares: Math.abs(shares!),
      side,
      opened: opened!,
      closed: closed!,
      entry: entry!,
      exit: exit!,
    };
  }
}
