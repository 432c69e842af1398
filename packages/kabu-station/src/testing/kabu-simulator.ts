import { mostRegistered } from '../kabu-client.ts';
import type { SendOrder } from '../messages.ts';
import type { StreamListener } from '../price-feed.ts';
import { isContinuous, type LiveHours } from '../session-hours.ts';
import type { KabuReply, KabuRequest } from '../transport.ts';
import type { FaultPlan } from './faults.ts';
import { orderFault } from './order-form.ts';
import type { PricePath } from './price-path.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import { cancel, openShares, type SimulatedOrder, tradeUpTo } from './simulated-orders.ts';

/** What a simulator is made of. */
export interface SimulatorOptions {
  readonly clock: SimulatedClock;
  readonly hours: LiveHours;
  readonly random: () => number;
  readonly faults: FaultPlan;
  readonly paths: ReadonlyMap<string, PricePath>;
  readonly password: string;
  /** Hears of each order when the exchange has taken it. */
  readonly onOrder?: (order: SimulatedOrder) => void;
}

const pushEvery = 15_000;

/**
 * The kabu STATION API on a clock that is moved, with the faults that its users reported: accepted orders whose
 * answer is lost or says 400, positions that lag, orders that hide what became of them, 429, a stream that is cut,
 * and the logout at dawn. What it takes is held against the forms of `kabu_STATION_API.yaml`.
 */
export class KabuSimulator {
  readonly orders: SimulatedOrder[] = [];
  /** Orders that were asked for, whatever came of them. */
  asked = 0;
  readonly #options: SimulatorOptions;
  readonly #times: { order: number[]; query: number[] } = { order: [], query: [] };
  readonly #listeners = new Set<StreamListener>();
  #token: string | undefined;
  #tokens = 0;
  #registered: readonly string[] = [];
  #isCut = false;

  constructor(options: SimulatorOptions) {
    this.#options = options;
    const { clock, faults, hours } = options;
    if (faults.logout.to > clock.now()) clock.at(faults.logout.from, () => this.#logOut());
    if (Number.isFinite(faults.cut.at)) clock.at(faults.cut.at, () => this.#cut());
    this.#push(hours.preOpen);
  }

  /** Answers a request; undefined where no answer comes. */
  handle({ method, path, token, body }: KabuRequest): KabuReply | undefined {
    const { clock, random, faults } = this.#options;
    const [route = ''] = path.split('?');
    if (route === '/token') return this.#logIn(body);
    if (this.#isLoggedOut()) return refusal(401, 4001017, 'not logged in');
    if (token === undefined || token !== this.#token) return refusal(401, 4001009, 'the key does not fit');
    const isOrder = route === '/sendorder' || route === '/cancelorder';
    const times = this.#times[isOrder ? 'order' : 'query'];
    times.push(clock.now());
    while (clock.now() - times[0]! >= 1_000) times.shift();
    if (times.length > (isOrder ? 5 : 10) || random() < faults.tooMany) return refusal(429, 4001006, 'too many');
    this.advance();
    if (!isOrder && random() < faults.queryTimeout) return undefined;
    switch (`${method} ${route}`) {
      case 'POST /sendorder':
        return this.#send(body as SendOrder);
      case 'PUT /cancelorder':
        return this.#cancel((body as { OrderId: string }).OrderId);
      case 'GET /orders':
        return { status: 200, body: this.#ordersShown() };
      case 'GET /positions':
        return { status: 200, body: this.#positionsShown() };
      case 'GET /wallet/margin':
        return { status: 200, body: { MarginAccountWallet: 1e9 } };
      case 'PUT /register':
      case 'PUT /unregister/all':
        return this.#register(route === '/register' ? (body as Registration).Symbols : []);
      default:
        return this.#board(route);
    }
  }

  /** Has a listener hear prices; what it returns ends that. */
  listen(listener: StreamListener): () => void {
    if (this.#isLoggedOut()) {
      listener.closed();
      return () => undefined;
    }
    this.#isCut = false;
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Trades what there was to trade up to now. */
  advance(): void {
    const { clock, hours, paths, random, faults } = this.#options;
    const lags = {
      orders: () => 2_000 * random(),
      positions: () => 300 + (faults.longestLag - 300) * random(),
    };
    for (const order of this.orders) tradeUpTo(order, paths.get(order.request.Symbol)!, hours, clock.now(), lags);
  }

  /** Shares that are held of a symbol, long and short, as the exchange has them. */
  held(symbol: string): { readonly long: number; readonly short: number } {
    const traded = (side: string, opens: 2 | 3) =>
      this.orders
        .filter(({ request }) => request.Symbol === symbol && request.Side === side && request.CashMargin === opens)
        .reduce((sum, { fills }) => sum + fills.reduce((all, { shares }) => all + shares, 0), 0);
    return { long: traded('2', 2) - traded('1', 3), short: traded('1', 2) - traded('2', 3) };
  }

  #isLoggedOut(): boolean {
    const now = this.#options.clock.now();
    const { from, to } = this.#options.faults.logout;
    return now >= from && now < to;
  }

  #logOut(): void {
    this.#token = undefined;
    this.#registered = [];
    this.#close();
  }

  #logIn(body: unknown): KabuReply {
    if (this.#isLoggedOut()) return refusal(400, 4001017, 'not logged in');
    if ((body as { APIPassword?: string }).APIPassword !== this.#options.password) {
      return refusal(400, 4001013, 'the password does not fit');
    }
    this.#tokens += 1;
    this.#token = `token-${this.#tokens}`;
    return { status: 200, body: { ResultCode: 0, Token: this.#token } };
  }

  #send(request: SendOrder): KabuReply | undefined {
    const { random, faults } = this.#options;
    this.asked += 1;
    const fault = orderFault(request, (side) => this.#closable(request.Symbol, side), this.#options.paths);
    if (fault !== undefined) return refusal(400, fault, 'refused');
    const chance = random();
    let share = faults.lostThenTimeout;
    if (chance < share) return undefined;
    share += faults.acceptedThenTimeout;
    if (chance < share) {
      this.#take(request, faults.longestLag * random());
      return undefined;
    }
    share += faults.acceptedThen400;
    if (chance < share) {
      this.#take(request, faults.longestLag * random());
      return refusal(400, 4001001, 'internal error');
    }
    const { id } = this.#take(request, 300 * random());
    return { status: 200, body: { Result: 0, OrderId: id } };
  }

  #take(request: SendOrder, shownAfter: number): SimulatedOrder {
    const { clock, random, faults } = this.#options;
    const now = clock.now();
    const isStuck = random() < faults.stuck;
    const isSplit = request.Qty >= 200 && random() < 0.2;
    const order: SimulatedOrder = {
      id: `A${this.orders.length + 1}`,
      request,
      receivedAt: now,
      receivedText: `${new Date(now + 32_400_000).toISOString().slice(0, 19)}+09:00`,
      shownAt: now + shownAfter,
      stuckUntil: isStuck ? (random() < 0.5 ? Infinity : now + 3_600_000 * random()) : now,
      isLost: isStuck && random() < 0.5,
      fills: [],
      parts: isSplit ? [100, request.Qty - 100] : [request.Qty],
      due: [],
      endedAt: undefined,
      endedBy: undefined,
    };
    this.orders.push(order);
    this.#options.onOrder?.(order);
    return order;
  }

  /** What is held of one side and not on its way out. */
  #closable(symbol: string, side: string): number {
    const { long, short } = this.held(symbol);
    const leaving = this.orders
      .filter(({ request }) => request.Symbol === symbol && request.Side === side && request.CashMargin === 3)
      .reduce((sum, order) => sum + openShares(order), 0);
    return (side === '1' ? long : short) - leaving;
  }

  #cancel(id: string): KabuReply {
    const order = this.orders.find((one) => one.id === id);
    if (order === undefined) return refusal(400, 4002001, 'no such order');
    cancel(order, this.#options.clock.now());
    return { status: 200, body: { Result: 0, OrderId: id } };
  }

  #ordersShown(): unknown[] {
    const now = this.#options.clock.now();
    return this.orders
      .filter(({ shownAt }) => shownAt <= now)
      .map((order) => {
        const { request, id, stuckUntil, endedAt, endedBy } = order;
        const isStuck = now < stuckUntil;
        const fills = isStuck ? [] : order.fills.filter(({ inOrdersAt }) => inOrdersAt <= now);
        const traded = fills.reduce((sum, { shares }) => sum + shares, 0);
        const isOver = !isStuck && endedAt !== undefined && (endedBy !== 8 || traded === request.Qty);
        const hasAll = fills.length === order.fills.length;
        return {
          ID: id,
          State: isStuck ? 2 : isOver && hasAll ? 5 : 3,
          RecvTime: order.receivedText,
          Symbol: request.Symbol,
          Side: request.Side,
          CashMargin: request.CashMargin,
          MarginTradeType: request.MarginTradeType,
          Price: request.Price,
          OrderQty: request.Qty,
          CumQty: traded,
          Details: [
            ...fills.map(({ price, shares }) => ({ RecType: 8, Price: price, Qty: shares, Commission: 0 })),
            ...(isOver && hasAll && endedBy !== 8 ? [{ RecType: endedBy, Price: 0, Qty: 0, Commission: 0 }] : []),
          ],
        };
      });
  }

  #positionsShown(): unknown[] {
    const now = this.#options.clock.now();
    const shares = new Map<string, { Symbol: string; Side: string; LeavesQty: number }>();
    for (const { request, fills } of this.orders) {
      const opens = request.CashMargin === 2;
      const side = opens ? request.Side : request.Side === '1' ? '2' : '1';
      const key = `${request.Symbol} ${side}`;
      const own = shares.get(key) ?? { Symbol: request.Symbol, Side: side, LeavesQty: 0 };
      for (const fill of fills) if (fill.inPositionsAt <= now) own.LeavesQty += opens ? fill.shares : -fill.shares;
      shares.set(key, own);
    }
    // A close that is shown before its opening leaves less than nothing, which is not shown.
    return [...shares.values()]
      .filter(({ LeavesQty }) => LeavesQty > 0)
      .map((own) => ({ ...own, HoldQty: 0, MarginTradeType: 3 }));
  }

  #register(symbols: Registration['Symbols']): KabuReply {
    if (symbols.length > mostRegistered) return refusal(400, 4002006, 'too many symbols');
    this.#registered = symbols.map(({ Symbol: symbol }) => symbol);
    return { status: 200, body: { RegistList: symbols } };
  }

  #board(route: string): KabuReply {
    const [, symbol = ''] = /^\/board\/(\w+)@1$/.exec(route) ?? [];
    if (!this.#options.paths.has(symbol)) return refusal(400, 4002001, 'no such symbol');
    return { status: 200, body: this.#priceOf(symbol) };
  }

  #priceOf(symbol: string): unknown {
    const { paths, clock, hours } = this.#options;
    const path = paths.get(symbol)!;
    const now = clock.now();
    return { Symbol: symbol, CurrentPrice: now < hours.open ? null : path.at(now), PreviousClose: path.base };
  }

  #push(at: number): void {
    const { clock, hours } = this.#options;
    if (at > hours.close) return;
    clock.at(at, () => {
      // Before the open quotes are pushed in which there is no price yet.
      const pushes = at < hours.open || isContinuous(hours, at);
      if (pushes && !this.#isCut && !this.#isLoggedOut() && this.#listeners.size > 0) {
        for (const symbol of this.#registered) {
          const text = JSON.stringify(this.#priceOf(symbol));
          for (const listener of this.#listeners) listener.message(text);
        }
      }
      this.#push(at + pushEvery);
    });
  }

  #cut(): void {
    this.#registered = [];
    this.#isCut = true;
    if (!this.#options.faults.cut.silently) this.#close();
  }

  #close(): void {
    for (const listener of this.#listeners) listener.closed();
    this.#listeners.clear();
  }
}

interface Registration {
  readonly Symbols: readonly { readonly Symbol: string; readonly Exchange: number }[];
}

function refusal(status: number, code: number, message: string): KabuReply {
  return { status, body: { Code: code, Message: message } };
}
