import type { PaperEvent, PaperStep } from '@daytrade/contracts';
import { dayNumber, isSession, japanDate, sessionOpen, type TradeDate } from '@daytrade/market';
import { type Decision, decideSession } from '../backtest/one-session.ts';
import { strategies } from '../strategies/catalogue.ts';
import { accountOf, hasOtherBars } from './account-of-book.ts';
import { haltBook } from './book-changes.ts';
import { decideOf, simulationSettings } from './book-settings.ts';
import type { Feed } from './feed.ts';
import type { PaperBook } from './paper-book.ts';
import type { PaperGateway } from './paper-gateway.ts';
import { changeBook, type PaperLog } from './paper-log.ts';
import { sessionView } from './session-data.ts';
import { settle, soFar } from './settle.ts';
import { newestStep } from './steps.ts';

/** What the steps of a book are done with. */
export interface PaperParts {
  readonly log: PaperLog;
  readonly feed: Feed;
  readonly gateway: PaperGateway;
}

/** What was done of a session. */
export interface Advanced {
  readonly session: TradeDate | undefined;
  readonly done: readonly string[];
  /** What the next step lacks. */
  readonly waitingFor: string | undefined;
  readonly book: PaperBook;
}

const by = 'paper-session';

/**
 * Does what is due of a book by an instant, and nothing twice: what was written down is not done again, so that it may
 * end at any moment and begin anew.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function advance(parts: PaperParts, now: number): Promise<Advanced> {
  let book = await changeBook(parts.log, () => []);
  const today = japanDate(now);
  const step = isSession(today) ? newestStep(today, now) : undefined;
  const done: string[] = [];
  let waitingFor: string | undefined;
  if (!book.isRunning) return { session: undefined, done, waitingFor, book };
  const old = book.unsettled;
  if (old !== undefined && old !== today) {
    book = await send(parts, old, now);
    const isLast = step !== undefined;
    ({ book, waitingFor } = await settleSession(parts, old, now, isLast));
    if (book.unsettled === undefined) done.push(`${old} close`);
  }
  if (step !== undefined && book.unsettled !== old) book = await changeBook(parts.log, () => []);
  if (step === undefined || (book.unsettled !== undefined && book.unsettled !== today)) {
    return { session: old, done, waitingFor, book };
  }
  if (!hasDecided(book, today) && Date.parse(book.started!.at) < sessionOpen(today)) {
    ({ book, waitingFor } = await decide(parts, today, now));
    if (hasDecided(book, today)) done.push(`${today} pre-open`);
  }
  if (book.unsettled === today) {
    book = await send(parts, today, now);
    if (step === 'close') {
      ({ book, waitingFor } = await settleSession(parts, today, now, false));
      if (book.unsettled === undefined) done.push(`${today} close`);
    } else if (step !== 'pre-open' && !book.has(`${today} ${step}`)) {
      book = await look(parts, today, step, now);
      if (book.has(`${today} ${step}`)) done.push(`${today} ${step}`);
    }
  }
  return { session: today, done, waitingFor, book };
}

function hasDecided(book: PaperBook, session: TradeDate): boolean {
  return book.decisions.at(-1)?.session === session;
}

interface Stepped {
  readonly book: PaperBook;
  readonly waitingFor: string | undefined;
}

/** Asks the strategy, once a session and before it opens, and writes down all of its orders together. */
async function decide(parts: PaperParts, session: TradeDate, now: number): Promise<Stepped> {
  let waitingFor: string | undefined;
  const book = await changeBook(parts.log, async (current) => {
    waitingFor = undefined;
    if (hasDecided(current, session)) return [];
    const settings = current.settings!;
    const { synthetic, ...known } = await parts.feed.read(session);
    const { data, t, isCurrent } = sessionView(known, session, now);
    if (synthetic !== settings.synthetic) {
      // No session is begun, so that the book can be stopped.
      waitingFor = `the bars in use are ${synthetic ? 'synthetic' : 'real'} now: stop, and start a new book`;
      return haltBook(current, waitingFor, { by, at: iso(now) });
    }
    const isMissed = now >= sessionOpen(session);
    const lacksForecasts =
      strategies[settings.strategy].needsForecasts && !known.forecasts?.lower.some((bound) => bound > 0);
    if (!isMissed && (!isCurrent || lacksForecasts)) {
      waitingFor = isCurrent ? 'forecasts of the session' : 'the bars of the session before';
      return [];
    }
    const account = accountOf(
      current,
      data.panel.symbols.map(({ symbol }) => symbol),
    );
    const isHalted = current.halted !== undefined;
    const before = current.decisions.at(-1)?.session ?? undefined;
    const since = before && dayNumber(before);
    const decision = decideSession(
      { data, t, account, settings: simulationSettings(settings), since },
      isHalted || isMissed ? undefined : decideOf(settings),
    );
    if (isMissed) {
      const why = 'missed: nothing was decided before the open';
      return [decided(session, now, { orders: 0, why, refused: {}, nightCost: decision.nightCost })];
    }
    const codeOf = (place: number): string => data.panel.symbols[place]!.symbol;
    return decisionEvents(decision, { session, now, why: isHalted ? 'halted' : null, codeOf });
  });
  return { book, waitingFor };
}

function decided(
  session: TradeDate,
  now: number,
  of: Pick<Extract<PaperEvent, { kind: 'decided' }>, 'orders' | 'why' | 'refused' | 'nightCost'>,
): PaperEvent {
  return { key: `${session} pre-open`, session, order: null, at: iso(now), by, kind: 'decided', ...of };
}

function decisionEvents(
  { forced, orders, refused, nightCost }: Decision,
  of: {
    readonly session: TradeDate;
    readonly now: number;
    readonly why: string | null;
    readonly codeOf: (place: number) => string;
  },
): PaperEvent[] {
  const { session, now, why, codeOf } = of;
  const counts = new Map<string, number>();
  const intended = [...forced, ...orders].map((order, i): PaperEvent => {
    const symbol = codeOf(order.symbol);
    const start = `${session}/${i < forced.length ? 'broker' : 'pre-open'}/${symbol}`;
    const place = counts.get(start) ?? 0;
    counts.set(start, place + 1);
    const key = `${start}/${place}`;
    const head = { key: `${key} intended`, session, order: key, at: iso(now), by, kind: 'intended' } as const;
    const { side, shares, type, time, price = null, stopLoss = null, takeProfit = null, closes = false } = order;
    return { ...head, symbol, side, shares, type, time, price, stopLoss, takeProfit, closes };
  });
  return [decided(session, now, { orders: intended.length, why, refused, nightCost }), ...intended];
}

/**
 * Sends what was decided: each order is written down as sent before the gateway has it, and what was sent without an
 * answer is asked for again by its key. Nothing is written down as sent once trading is halted.
 */
async function send({ log, gateway }: PaperParts, session: TradeDate, now: number): Promise<PaperBook> {
  const isLate = now >= sessionOpen(session);
  await changeBook(log, (book) =>
    waiting(book, session, 'intended').map(({ key, isForced }): PaperEvent => {
      const head = { session, order: key, at: iso(now), by };
      if (isLate) return { ...head, key: `${key} expired`, kind: 'expired', reason: 'not sent before the open' };
      if (book.halted === undefined || isForced) return { ...head, key: `${key} sent`, kind: 'sent' };
      return { ...head, key: `${key} cancelled`, kind: 'cancelled', reason: `halted: ${book.halted.reason}` };
    }),
  );
  return await changeBook(log, async (book) => {
    const answers: PaperEvent[] = [];
    for (const order of waiting(book, session, 'sent')) {
      const answer = await gateway.place(order);
      const head = { session, order: order.key, at: iso(now), by };
      answers.push(
        answer.accepted
          ? { ...head, key: `${order.key} accepted`, kind: 'accepted' }
          : { ...head, key: `${order.key} refused`, kind: 'refused', reason: answer.reason },
      );
    }
    return answers;
  });
}

function waiting(book: PaperBook, session: string, state: 'intended' | 'sent') {
  return book.ordersOf(session).filter((order) => order.state === state);
}

/** Values the running session; where it has lost too much, trading halts and what is open is cancelled. */
async function look(parts: PaperParts, session: TradeDate, step: PaperStep, now: number): Promise<PaperBook> {
  const known = await parts.feed.read(session);
  return await changeBook(parts.log, async (book) => {
    if (book.has(`${session} ${step}`) || hasOtherBars(book, known)) return [];
    const { equity, filled, before } = await soFar(parts.gateway, book, known, session, now);
    const head = { key: `${session} ${step}`, session, order: null, at: iso(now), by };
    const valued: PaperEvent = { ...head, kind: 'valued', step, equity, filled };
    const lost = before - equity;
    if (lost < book.settings!.maxSessionLoss) return [valued];
    const reason = `the session has lost ${Math.round(lost)} yen`;
    return [valued, ...haltBook(book, reason, { by, at: iso(now) })];
  });
}

/**
 * Writes down the fills of a session, all at once, when the bars of its orders are there.
 *
 * @param isLast whether to take what there is: nothing more is waited for
 */
async function settleSession(parts: PaperParts, session: TradeDate, now: number, isLast: boolean): Promise<Stepped> {
  let waitingFor: string | undefined;
  const known = await parts.feed.read(session);
  const book = await changeBook(parts.log, async (current) => {
    waitingFor = undefined;
    if (current.unsettled !== session) return [];
    const events = await settle(parts.gateway, current, known, { session, now, isLast });
    if (events === undefined) waitingFor = `the bars of ${session}`;
    return events ?? [];
  });
  return { book, waitingFor };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
