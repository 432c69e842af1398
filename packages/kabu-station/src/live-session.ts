import type { AskedOrder, LiveConfirmation, PaperEvent, PaperSettings } from '@daytrade/contracts';
import { type DayNumber, dayNumber, type TradeDate } from '@daytrade/market';
import type { PaperLog } from '@daytrade/paper';
import { CloseOut } from './close-out.ts';
import { KabuBroker } from './kabu-broker.ts';
import { isOfBroker, type KabuClient } from './kabu-client.ts';
import type { LiveClock } from './live-clock.ts';
import { by, LiveLedger } from './live-ledger.ts';
import { liveLimits, lossOf } from './live-limits.ts';
import { foreignOrders, longestLag, lookAtOrders } from './look-at-orders.ts';
import { OrderSender } from './order-sender.ts';
import { type OpenStream, PriceFeed } from './price-feed.ts';
import { isContinuous, type LiveHours, liveHours } from './session-hours.ts';

/** What was decided of a session, and by what. */
export interface LiveDecision {
  readonly settings: PaperSettings;
  readonly orders: readonly AskedOrder[];
}

/** What a live session is run with. */
export interface LiveParts {
  readonly log: PaperLog;
  readonly client: KabuClient;
  readonly openStream: OpenStream;
  readonly clock: LiveClock;
  readonly confirmation: LiveConfirmation;
  /** What the paper book decided of a session; undefined before it has. */
  readonly decision: (session: TradeDate) => Promise<LiveDecision | undefined>;
  /** Why the paper book is halted, which halts what follows it; undefined where it is not, or nobody answers. */
  readonly paperHalt: () => Promise<string | undefined>;
  /** Says what happens, a line each. */
  readonly say: (line: string) => void;
}

/** How a live session ended. */
export interface LiveOutcome {
  readonly halted: string | undefined;
  /** Symbols that are held at its end, by the fills that are known or by the broker. */
  readonly remaining: readonly string[];
}

const accountTypes = { general: 2, 'tax-withheld': 4, company: 12 } as const;
const positionsEvery = 10_000;
/** Positions that differ are looked at again after so long, since orders come a little late as well. */
const secondLook = 6_000;
const longestSilence = 30_000;
const second = 1_000;

/**
 * Trades one session at the broker: sends what the paper book decided, once and within its limits, follows it to its
 * end, and closes what is held. It may end at any moment and begin anew on the same log.
 */
export class LiveSession {
  readonly #parts: LiveParts;
  readonly #session: TradeDate;
  readonly #day: DayNumber;
  readonly #hours: LiveHours;
  readonly #ledger: LiveLedger;
  readonly #feed: PriceFeed;
  readonly #sender: OrderSender;
  readonly #closeOut: CloseOut;
  readonly #begunAt: number;
  #isReconciled = false;
  #logins = 0;
  /** The login after which the orders of the broker were last looked through. */
  #lookedThrough = 0;
  #differsSince: number | undefined;
  #positionsAt = -Infinity;
  #lookedAt = -Infinity;
  /** Since when the broker does not say what became of our orders. */
  #silentSince: number | undefined;
  #said = '';

  constructor(parts: LiveParts, session: TradeDate) {
    const { log, client, clock, confirmation, openStream } = parts;
    this.#parts = parts;
    this.#session = session;
    this.#day = dayNumber(session);
    this.#begunAt = clock.now();
    this.#hours = liveHours(session);
    this.#ledger = new LiveLedger(log);
    this.#feed = new PriceFeed(client, openStream, clock);
    const broker = new KabuBroker(client, accountTypes[confirmation.account.type]);
    this.#sender = new OrderSender({ ledger: this.#ledger, broker, clock, session });
    this.#closeOut = new CloseOut({ ledger: this.#ledger, client, sender: this.#sender, clock, hours: this.#hours });
  }

  /** Runs to the end of the session. */
  async run(): Promise<LiveOutcome> {
    const { clock } = this.#parts;
    const { end } = this.#hours;
    while (clock.now() < end) {
      await this.#step();
      if (this.#isDone()) break;
      await clock.wait(this.#pause());
    }
    const outcome = await this.#finish();
    this.#feed.stop();
    return outcome;
  }

  /** After a halt: once nothing is held or open, and nothing that comes late can come any more. */
  #isDone(): boolean {
    const { book, orders, working } = this.#ledger;
    if (book.halted === undefined || working.length > 0 || this.#ledger.heldSymbols.length > 0) return false;
    const newest = Math.max(Date.parse(book.halted.at), ...orders.map(({ symbol }) => this.#ledger.touchedAt(symbol)));
    return this.#parts.clock.now() - newest > longestLag + secondLook && this.#differsSince === undefined;
  }

  async #step(): Promise<void> {
    const { clock } = this.#parts;
    await this.#tried(() => this.#followHalt());
    await this.#ledger.refresh();
    await this.#tried(() => this.#look());
    this.#noticeLogout();
    await this.#tried(() => this.#reconcile());
    if (clock.now() >= this.#hours.preOpen) {
      await this.#tried(() => this.#decide());
      await this.#tried(() => this.#watchPrices());
      await this.#tried(() => this.#comparePositions());
      await this.#haltWhereItMust();
    }
    await this.#ledger.refresh();
    if (this.#ledger.book.halted === undefined) {
      await this.#tried(() => this.#sendDecided());
      await this.#tried(() => this.#closeOut.exits((symbol) => this.#feed.quoteOf(symbol)));
    } else {
      this.#say(`halted: ${this.#ledger.book.halted.reason}`);
      await this.#tried(() => this.#closeOut.flatten());
    }
  }

  /** After a logout, as there is one each dawn: what the broker holds is read anew, and prices are asked for again. */
  #noticeLogout(): void {
    if (this.#logins === this.#parts.client.logins) return;
    this.#logins = this.#parts.client.logins;
    this.#isReconciled = false;
    this.#feed.forget();
  }

  /** Does one thing; where the broker does not answer it is done at the next step. Anything else halts. */
  async #tried(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isOfBroker(error)) {
        this.#say(error.message);
        return;
      }
      await this.#halt(`something went wrong: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Whoever halts the paper book, by the page for example, means what follows it as well. */
  async #followHalt(): Promise<void> {
    if (this.#ledger.book.started === undefined || this.#ledger.book.halted !== undefined) return;
    const reason = await this.#parts.paperHalt();
    if (reason !== undefined) await this.#halt(`the paper book is halted: ${reason}`);
  }

  /** Sees what became of our orders. */
  async #look(): Promise<void> {
    const { client, clock } = this.#parts;
    const isQuiet = this.#ledger.working.length === 0 && clock.now() - this.#lookedAt < 60 * second;
    if (this.#isReconciled && (this.#ledger.orders.length === 0 || isQuiet)) return;
    this.#silentSince ??= clock.now();
    const orders = await client.orders();
    this.#silentSince = undefined;
    const now = clock.now();
    this.#lookedAt = now;
    this.#lookedThrough = client.logins;
    const seen = lookAtOrders(this.#ledger, orders, { now, doubtOf: (key) => this.#sender.doubtOf(key) });
    await this.#ledger.add(...seen);
    const [foreign] = foreignOrders(this.#ledger, orders, this.#session);
    if (foreign !== undefined)
      await this.#halt(`order ${foreign} is of nobody here: the account must trade nothing else`);
  }

  /** Before anything is sent: what the broker holds is what the log says. */
  async #reconcile(): Promise<void> {
    if (this.#isReconciled || this.#ledger.book.halted !== undefined) return;
    if (this.#lookedThrough !== this.#logins || this.#logins === 0) return;
    if (!(await this.#positionsAgree())) return;
    this.#isReconciled = true;
    this.#say('the orders and positions of the broker are those of the log');
  }

  async #positionsAgree(): Promise<boolean> {
    const { client, clock } = this.#parts;
    this.#positionsAt = clock.now();
    const differing = this.#closeOut.differing(await client.positions());
    if (differing === undefined) {
      this.#differsSince = undefined;
      return true;
    }
    const now = clock.now();
    this.#differsSince ??= now;
    if (now - this.#differsSince > secondLook) await this.#halt(`positions differ: ${differing}`);
    return false;
  }

  /** From time to time: whether the broker still holds what the fills say. */
  async #comparePositions(): Promise<void> {
    const now = this.#parts.clock.now();
    if (!this.#isReconciled || this.#ledger.book.halted !== undefined) return;
    const touched = Math.max(this.#hours.open, ...this.#ledger.orders.map((own) => this.#ledger.touchedAt(own.symbol)));
    const isNew = this.#differsSince !== undefined || Math.abs(now - touched) < 300 * second;
    const every = isNew ? positionsEvery : 6 * positionsEvery;
    if (now - this.#positionsAt < every || this.#ledger.orders.length === 0) return;
    await this.#positionsAgree();
  }

  /** Writes down what the paper book decided, once, before the open. */
  async #decide(): Promise<void> {
    const { clock, decision, client, confirmation } = this.#parts;
    const now = clock.now();
    if (!this.#isReconciled || this.#ledger.book.halted !== undefined || this.#ledger.book.started !== undefined)
      return;
    if (now >= this.#hours.lastSend) return;
    const decided = await decision(this.#session);
    if (decided === undefined) return;
    const room = await client.wallet();
    const { maxPosition, maxExposure, maxSessionLoss } = confirmation.limits;
    const own = { cash: room, maxPosition, maxExposure, maxSessionLoss };
    const at = new Date(clock.now()).toISOString();
    const head = { at, by, session: this.#session } as const;
    const settings = { ...decided.settings, ...own };
    const count = decided.orders.length;
    await this.#ledger.change((book) => {
      if (book.started !== undefined) return [];
      const intended = decided.orders.map((order, i): PaperEvent => {
        const key = `${this.#session}/live/${order.symbol}/${i}`;
        return { ...head, key: `${key} intended`, order: key, kind: 'intended', ...order };
      });
      return [
        { ...head, key: 'started', session: null, order: null, kind: 'started', ...settings },
        { ...head, key: 'decided', order: null, kind: 'decided', orders: count, why: null, refused: {}, nightCost: 0 },
        ...intended,
      ];
    });
    this.#say(`${count} orders were decided`);
  }

  async #sendDecided(): Promise<void> {
    const { clock, confirmation } = this.#parts;
    const { started } = this.#ledger.book;
    const intended = this.#ledger.orders.filter(({ state, isForced }) => state === 'intended' && !isForced);
    this.#noticeLogout();
    if (started === undefined || !this.#isReconciled || intended.length === 0) return;
    if (clock.now() >= this.#hours.lastSend) return await this.#sender.expire(intended);
    const counted = [...intended, ...this.#ledger.working].map(({ symbol }) => symbol);
    const symbols = [...new Set([...counted, ...this.#ledger.heldSymbols])];
    await this.#tried(() => this.#feed.refresh(symbols, 5 * second));
    const limits = liveLimits(confirmation, started.cash);
    const quoteOf = (symbol: string) => this.#feed.quoteOf(symbol);
    for (const { key, symbol } of intended) {
      if (clock.now() >= this.#hours.lastSend) return;
      // It is asked for again while there is time, and holds up no other.
      if (clock.now() - (quoteOf(symbol)?.at ?? -Infinity) > limits.staleAfter) continue;
      await this.#sender.send(key, limits, { session: this.#day, quoteOf });
    }
  }

  async #watchPrices(): Promise<void> {
    const held = this.#ledger.heldSymbols;
    const working = this.#ledger.working.map(({ symbol }) => symbol);
    this.#feed.follow([...new Set([...held, ...working])].toSorted());
    await this.#feed.keepOpen();
    if (isContinuous(this.#hours, this.#parts.clock.now())) await this.#feed.refresh(held);
  }

  async #haltWhereItMust(): Promise<void> {
    const { clock, confirmation } = this.#parts;
    const { limits } = confirmation;
    const now = clock.now();
    const held = this.#ledger.heldSymbols;
    const isExposed = held.length > 0 || this.#ledger.working.length > 0;
    if (isExposed && now - (this.#silentSince ?? now) > longestSilence) await this.#halt('the broker does not answer');
    const quoteOf = (symbol: string) => this.#feed.quoteOf(symbol);
    const lost = lossOf(this.#ledger, quoteOf);
    if (lost >= limits.maxSessionLoss) await this.#halt(`the session has lost ${Math.round(lost)} yen`);
    if (!isContinuous(this.#hours, now)) return;
    const { open, afternoonOpen } = this.#hours;
    // A price may be as old as what is held, as this process, and as the trading of before or after noon.
    const pricedAt = held.map((symbol) => {
      const quote = quoteOf(symbol);
      const heard = quote?.isOfToday === true ? quote.at : -Infinity;
      const opened = now < afternoonOpen ? open : afternoonOpen;
      return Math.max(heard, opened, this.#begunAt, this.#ledger.touchedAt(symbol));
    });
    if (now - Math.min(now, ...pricedAt) > second * limits.staleSeconds) {
      await this.#halt('the prices of what is held are too old');
    }
  }

  async #halt(reason: string): Promise<void> {
    await this.#ledger.halt(reason, this.#parts.clock.now());
  }

  /** What is still open when the session is over ends with it. */
  async #finish(): Promise<LiveOutcome> {
    await this.#ledger.refresh();
    await this.#tried(() => this.#look());
    const now = this.#parts.clock.now();
    const remaining = await this.#remaining();
    if (remaining.length > 0) await this.#halt(`held after the close: ${remaining.join('; ')}`);
    await this.#sender.end();
    const { book } = this.#ledger;
    if (book.stopped === undefined) {
      const head = { order: null, at: new Date(now).toISOString(), by } as const;
      const events: PaperEvent[] = [{ ...head, session: null, key: 'stopped', kind: 'stopped' }];
      if (book.started !== undefined) {
        const equity = book.started.cash - lossOf(this.#ledger, (symbol) => this.#feed.quoteOf(symbol));
        events.unshift({ ...head, session: this.#session, key: 'closed', kind: 'closed', equity, marks: {} });
      }
      await this.#ledger.add(...events);
    }
    return { halted: this.#ledger.book.halted?.reason, remaining };
  }

  /** What is held at the end, by the fills that are known and by the broker; where it does not answer that is said. */
  async #remaining(): Promise<readonly string[]> {
    const { client, clock } = this.#parts;
    const own = this.#ledger.heldSymbols;
    for (let tries = 0; tries < 5; tries += 1) {
      let answer: { readonly differing: string | undefined } | undefined;
      await this.#tried(async () => {
        answer = { differing: this.#closeOut.differing(await client.positions()) };
      });
      if (answer !== undefined) return [...new Set([...own, ...(answer.differing?.split('; ') ?? [])])];
      await clock.wait(2 * second);
    }
    const wasSent = this.#ledger.orders.some(({ sentAt }) => !Number.isNaN(sentAt));
    return wasSent ? [...own, 'perhaps more, since the broker does not answer'] : own;
  }

  /** Milliseconds to the next step: short while something is open. */
  #pause(): number {
    const { clock } = this.#parts;
    const { preOpen, open, closing, end } = this.#hours;
    const now = clock.now();
    const next = [preOpen, open, closing, end].find((at) => at > now) ?? end;
    return Math.max(1, Math.min(next - now, this.#wantedPause(now)));
  }

  #wantedPause(now: number): number {
    const { preOpen, open, lastSend } = this.#hours;
    if (now < preOpen) return 60 * second;
    const { book, working } = this.#ledger;
    const isHolding = this.#ledger.heldSymbols.length > 0;
    const isUnsent = this.#ledger.orders.some(({ state }) => state === 'intended');
    const isWaiting = (book.started === undefined || isUnsent) && now < lastSend;
    if (isWaiting || !this.#isReconciled) return 5 * second;
    if (book.halted !== undefined) {
      const isNew = now - Date.parse(book.halted.at) < 300 * second;
      return isHolding || working.length > 0 ? (isNew ? 1 : 5) * second : 15 * second;
    }
    const isUrgent = working.some(({ state, sentAt, isForced, time }) => {
      return state === 'sent' ? now - sentAt < 60 * second : isForced && time === 'day';
    });
    const isOpening = working.length > 0 && now >= open && now < open + 60 * second;
    if (isUrgent || isOpening || this.#silentSince !== undefined) return second;
    return isHolding || (working.length > 0 && now >= open) ? 10 * second : 30 * second;
  }

  #say(line: string): void {
    if (line === this.#said) return;
    this.#said = line;
    this.#parts.say(line);
  }
}
