/** What the API calls things; names and codes of `reference/kabu_STATION_API.yaml`, version 1.5. */

/** An order as `/sendorder` takes it. */
export interface SendOrder {
  readonly Symbol: string;
  readonly Exchange: number;
  readonly SecurityType: 1;
  /** '1' sells, '2' buys. */
  readonly Side: '1' | '2';
  /** 2 opens a margin position, 3 closes one. */
  readonly CashMargin: 2 | 3;
  /** 3: for one day. */
  readonly MarginTradeType: 3;
  readonly DelivType: 0 | 2;
  readonly AccountType: number;
  readonly Qty: number;
  readonly ClosePositionOrder?: 0;
  readonly FrontOrderType: number;
  readonly Price: number;
  /** 0: of this session. */
  readonly ExpireDay: 0;
  readonly ReverseLimitOrder?: {
    readonly TriggerSec: 1;
    readonly TriggerPrice: number;
    readonly UnderOver: 1 | 2;
    readonly AfterHitOrderType: 1;
    readonly AfterHitPrice: 0;
  };
}

/** An order as `/orders` shows it. */
export interface KabuOrder {
  readonly ID: string;
  /** 1 waits, 2 is being sent, 3 is at the exchange, 4 is being cancelled, 5 has ended. */
  readonly State: number;
  readonly RecvTime: string;
  readonly Symbol: string;
  readonly Side: string;
  readonly CashMargin: number;
  readonly MarginTradeType: number;
  readonly Price: number;
  readonly OrderQty: number;
  readonly CumQty: number;
  readonly Details: readonly KabuDetail[];
}

/** What happened to an order: 3 expired, 6 cancelled, 7 lapsed, 8 traded. */
export interface KabuDetail {
  readonly RecType: number;
  readonly Price: number;
  readonly Qty: number;
  readonly Commission: number;
}

/** A margin position as `/positions` shows it. */
export interface KabuPosition {
  readonly Symbol: string;
  readonly Side: string;
  readonly LeavesQty: number;
  readonly HoldQty: number;
  readonly MarginTradeType: number;
}

/** A price as `/board` and the stream give it. */
export interface KabuPrice {
  readonly Symbol: string;
  /** null before the first trade of a session. */
  readonly CurrentPrice: number | null;
  /** When it was traded, milliseconds since 1970 UTC; null where that is not said. */
  readonly tradedAt: number | null;
  readonly PreviousClose: number | null;
}

type Row = Readonly<Record<string, unknown>>;

const text = (row: Row, name: string): string => {
  const value = row[name];
  if (typeof value === 'string') return value;
  throw new TypeError(`${name}: expected a text, found ${typeof value}`);
};

const number = (row: Row, name: string, fallback?: number): number => {
  const value = row[name] ?? fallback;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`${name}: expected a number, found ${typeof value}`);
};

const rowsIn = (value: unknown): readonly Row[] => {
  if (!Array.isArray(value)) throw new TypeError('expected a list');
  return value.map(rowIn);
};

export const rowIn = (value: unknown): Row => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw new TypeError('expected an object');
};

/** @throws TypeError for what is not a list of orders */
export function readOrders(body: unknown): readonly KabuOrder[] {
  return rowsIn(body).map((row) => ({
    ID: text(row, 'ID'),
    State: number(row, 'State'),
    RecvTime: text(row, 'RecvTime'),
    Symbol: text(row, 'Symbol'),
    Side: text(row, 'Side'),
    CashMargin: number(row, 'CashMargin', 1),
    MarginTradeType: number(row, 'MarginTradeType', 0),
    Price: number(row, 'Price', 0),
    OrderQty: number(row, 'OrderQty'),
    CumQty: number(row, 'CumQty', 0),
    Details: rowsIn(row.Details ?? []).map((detail) => ({
      RecType: number(detail, 'RecType'),
      Price: number(detail, 'Price', 0),
      Qty: number(detail, 'Qty', 0),
      Commission: number(detail, 'Commission', 0),
    })),
  }));
}

/** @throws TypeError for what is not a list of positions */
export function readPositions(body: unknown): readonly KabuPosition[] {
  return rowsIn(body).map((row) => ({
    Symbol: text(row, 'Symbol'),
    Side: text(row, 'Side'),
    LeavesQty: number(row, 'LeavesQty', 0),
    HoldQty: number(row, 'HoldQty', 0),
    MarginTradeType: number(row, 'MarginTradeType', 0),
  }));
}

/** @throws TypeError for what is not a price */
export function readPrice(body: unknown): KabuPrice {
  const row = rowIn(body);
  const price = (name: string): number | null => {
    const value = row[name];
    return typeof value === 'number' && value > 0 ? value : null;
  };
  const tradedAt = typeof row.CurrentPriceTime === 'string' ? Date.parse(row.CurrentPriceTime) : NaN;
  return {
    Symbol: text(row, 'Symbol'),
    CurrentPrice: price('CurrentPrice'),
    tradedAt: Number.isNaN(tradedAt) ? null : tradedAt,
    PreviousClose: price('PreviousClose'),
  };
}

/** @throws TypeError where a field of an answer is not the number or text that it must be */
export const numberIn = (body: unknown, name: string): number => number(rowIn(body), name);
export const textIn = (body: unknown, name: string): string => text(rowIn(body), name);
