import type { SendOrder } from '../messages.ts';
import { isContinuous, type LiveHours } from '../session-hours.ts';
import type { PricePath } from './price-path.ts';

/** What was traded, and from when on orders and positions show it. */
export interface SimulatedFill {
  readonly at: number;
  readonly shares: number;
  readonly price: number;
  readonly inOrdersAt: number;
  readonly inPositionsAt: number;
}

/** An order as the exchange has it, whatever the API shows. */
export interface SimulatedOrder {
  readonly id: string;
  readonly request: SendOrder;
  readonly receivedAt: number;
  readonly receivedText: string;
  /** From when on it is among the orders. */
  readonly shownAt: number;
  /** Until when it is shown as being sent, and cannot be cancelled. */
  readonly stuckUntil: number;
  /** Never reaches the exchange. */
  readonly isLost: boolean;
  readonly fills: SimulatedFill[];
  readonly parts: readonly number[];
  /** When each part trades, where nothing comes between. */
  readonly due: number[];
  endedAt: number | undefined;
  endedBy: 6 | 7 | 8 | undefined;
}

/** How late things are shown: milliseconds. */
export interface Lags {
  orders(): number;
  positions(): number;
}

/** Shares that are neither traded nor given up. */
export function openShares({ request, fills, endedAt }: SimulatedOrder): number {
  return endedAt === undefined ? request.Qty - fills.reduce((sum, { shares }) => sum + shares, 0) : 0;
}

/** Trades what an order had coming up to an instant, and ends what can trade no more. */
export function tradeUpTo(order: SimulatedOrder, path: PricePath, hours: LiveHours, now: number, lags: Lags): void {
  if (order.endedAt !== undefined) return;
  if (order.isLost) {
    if (now >= Math.min(order.stuckUntil, hours.close)) end(order, now, 7);
    return;
  }
  for (let part = order.fills.length; part < order.parts.length; part += 1) {
    const from = part === 0 ? order.receivedAt : order.fills[part - 1]!.at + 7_000;
    const at = order.due[part] ?? tradesAt(order, path, hours, from, part) ?? Infinity;
    order.due[part] = at;
    if (at > now) break;
    const shown = at + lags.orders();
    const fill = { at, shares: order.parts[part]!, price: path.at(at) };
    order.fills.push({ ...fill, inOrdersAt: shown, inPositionsAt: at + lags.positions() });
  }
  if (order.fills.length === order.parts.length) end(order, order.fills.at(-1)!.at, 8);
  else if (now >= lapsesAt(order, hours)) end(order, now, 7);
}

function end(order: SimulatedOrder, now: number, by: 6 | 7 | 8): void {
  order.endedAt = now;
  order.endedBy = by;
}

export function cancel(order: SimulatedOrder, now: number): void {
  if (order.endedAt === undefined && now >= order.stuckUntil) end(order, now, 6);
}

function lapsesAt({ request: { FrontOrderType }, receivedAt }: SimulatedOrder, hours: LiveHours): number {
  const isOfOpen = FrontOrderType === 13 || FrontOrderType === 21;
  return isOfOpen ? Math.max(hours.open + 1_000, receivedAt) : hours.close + 1_000;
}

/** When the next part of an order trades; undefined where that is not before an instant. */
function tradesAt(
  { request, receivedAt }: SimulatedOrder,
  path: PricePath,
  hours: LiveHours,
  from: number,
  part: number,
): number | undefined {
  const { FrontOrderType, Price, Side, ReverseLimitOrder } = request;
  const isGood = (price: number) => (Side === '2' ? price <= Price : price >= Price);
  switch (FrontOrderType) {
    case 13:
    case 21: {
      const at = hours.open + part;
      return receivedAt < hours.open && (FrontOrderType === 13 || isGood(path.at(at))) ? at : undefined;
    }
    case 16:
      return hours.close;
    case 20:
      return path.reaches(from, isGood);
    case 30: {
      const { TriggerPrice, UnderOver } = ReverseLimitOrder!;
      return path.reaches(from, (price) => (UnderOver === 2 ? price >= TriggerPrice : price <= TriggerPrice));
    }
    default:
      return marketTime(hours, from + 100);
  }
}

/** When a market order that is there at an instant trades. */
function marketTime(hours: LiveHours, at: number): number {
  if (isContinuous(hours, at)) return at;
  return [hours.open, hours.afternoonOpen, hours.close].find((auction) => auction >= at) ?? Infinity;
}
