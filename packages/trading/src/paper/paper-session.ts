import type { PaperEvent, PaperStep } from '@daytrade/contracts';
import { instantOf, isSession, japanDate, sessionOpen, sessionTimes, type TradeDate } from '@daytrade/market';
import type { Decision } from '../backtest/simulate.ts';
import { strategyNamed } from '../strategies/catalogue.ts';
import { decideInBook, hasOtherBars, type PaperRule, restateBySplits, ruleOf } from './account-of-book.ts';
import { changeBook, haltBook, type PaperLog } from './book-changes.ts';
import type { PaperBook } from './paper-book.ts';
import { type Feed, sessionView } from './session-data.ts';
import { by, settlementEvents, valueSession } from './settlement.ts';

const minute = 60_000;

/**
 * Returns the steps of a session with the instants from which they are due. Orders are sent 15 minutes before the open.
 * The session is valued after its first bars, after the morning and before the close, and settled after the close.
 */
export function stepsOf(session: TradeDate): readonly { readonly step: PaperStep; readonly at: number }[] {
  const { morningOpen, morningClose, close } = sessionTimes(session);
  return [
    { step: 'pre-open', at: instantOf(session, morningOpen) - 15 * minute },
    { step: 'open', at: instantOf(session, morningOpen) + 10 * minute },
    { step: 'lunch', at: instantOf(session, morningClose) + 5 * minute },
    { step: 'pre-close', at: instantOf(session, close) - 10 * minute },
    { step: 'close', at: instantOf(session, close) + 15 * minute },
  ];
}

/** Next action of a book on a session. */
interface Due {
  readonly action: 'decide' | 'send' | 'value' | 'settle';
  readonly session: TradeDate;
  /** Step that the action completes; sending completes none. */
  readonly step: PaperStep | undefined;
  /** Settles on the bars there are: a new session has begun. */
  readonly isLast: boolean;
}

/** Returns the newest step of today that is due; undefined before the first one, and on other days. */
function newestStep(now: number): PaperStep | undefined {
  const today = japanDate(now);
  return isSession(today) ? stepsOf(today).findLast(({ at }) => at <= now)?.step : undefined;
}

/** Returns what is due of a running book by an instant. An earlier session is settled before a new one is decided. */
function nextDue(book: PaperBook, now: number): Due | undefined {
  const today = japanDate(now);
  const step = newestStep(now);
  const session = book.unsettled;
  if (session === undefined) {
    const isNew = !hasDecided(book, today) && Date.parse(book.started!.at) < sessionOpen(today);
    return step !== undefined && isNew
      ? { action: 'decide', session: today, step: 'pre-open', isLast: false }
      : undefined;
  }
  const isEarlier = session !== today;
  if (!isEarlier && step === undefined) return undefined;
  const isSent = book.ordersOf(session).every(({ state }) => state !== 'intended' && state !== 'sent');
  if (!isSent) return { action: 'send', session, step: undefined, isLast: false };
  if (isEarlier || step === 'close') {
    return { action: 'settle', session, step: 'close', isLast: isEarlier && step !== undefined };
  }
  if (step === 'pre-open' || book.has(`${session} ${step}`)) return undefined;
  return { action: 'value', session, step, isLast: false };
}

function hasDecided(book: PaperBook, session: TradeDate): boolean {
  return book.decisions.at(-1)?.session === session;
}

/** Log and market of a book. */
interface PaperParts {
  readonly log: PaperLog;
  readonly feed: Feed;
  /** Default: the strategy of the platform that the book names. */
  readonly rule?: (() => Promise<PaperRule>) | undefined;
}

/** Result of {@link advance}. */
interface Advanced {
  readonly session: TradeDate | undefined;
  readonly done: readonly string[];
  /** Data that the next step waits for. */
  readonly waitingFor: string | undefined;
  readonly book: PaperBook;
}

interface Stepped {
  readonly book: PaperBook;
  readonly waitingFor?: string | undefined;
}

const actions: Readonly<Record<Due['action'], (parts: PaperParts, due: Due, now: number) => Promise<Stepped>>> = {
  decide,
  send,
  value,
  settle,
};

/**
 * Does everything that is due of a book by an instant. Every step is an event with a unique key, so that a process may
 * end at any moment and the next one continues.
 */
export async function advance(parts: PaperParts, now: number): Promise<Advanced> {
  let book = await changeBook(parts.log, () => []);
  const done: string[] = [];
  if (!book.isRunning) return { session: undefined, done, waitingFor: undefined, book };
  let session = newestStep(now) === undefined ? undefined : japanDate(now);
  for (let due = nextDue(book, now); due !== undefined; due = nextDue(book, now)) {
    const known = book.events.length;
    const { book: after, waitingFor } = await actions[due.action](parts, due, now);
    book = after;
    if (waitingFor !== undefined || book.events.length === known) {
      return { session: due.session, done, waitingFor, book };
    }
    session ??= due.session;
    if (due.step !== undefined) done.push(`${due.session} ${due.step}`);
  }
  return { session, done, waitingFor: undefined, book };
}

/** Asks the strategy once per session, before it opens, and writes down all orders together. */
async function decide({ log, feed, rule: ownRule }: PaperParts, { session }: Due, now: number): Promise<Stepped> {
  let waitingFor: string | undefined;
  const book = await changeBook(log, async (current) => {
    waitingFor = undefined;
    if (hasDecided(current, session)) return [];
    const settings = current.settings!;
    const known = await feed.read(session);
    const { data, t, isCurrent } = sessionView(known, session, now);
    if (known.synthetic !== settings.synthetic) {
      // No session begins, so that the book can be stopped.
      waitingFor = `the bars in use are ${known.synthetic ? 'synthetic' : 'real'} now: stop, and start a new book`;
      return haltBook(current, waitingFor, { by, at: iso(now) });
    }
    const isMissed = now >= sessionOpen(session);
    const isHalted = current.halted !== undefined;
    // A book that sends nothing does not ask its strategy, whose file may be gone.
    const isSilent = isHalted || isMissed;
    const rule = isSilent ? undefined : ((await ownRule?.()) ?? ruleOf(strategyNamed(settings.strategy)));
    const lacksForecasts = rule?.needsForecasts === true && !known.forecasts?.lower.some((bound) => bound > 0);
    if (!isMissed && (!isCurrent || lacksForecasts)) {
      waitingFor = isCurrent ? 'forecasts of the session' : 'the bars of the session before';
      return [];
    }
    const codes = data.panel.symbols.map(({ symbol }) => symbol);
    const { book: restated, added: splits } = restateBySplits(current, known, session, { by, at: iso(now) });
    const input = { events: restated.events, data, t };
    const decision = rule === undefined ? decideInBook(undefined, input) : await rule.decide(input);
    const why = isHalted ? 'halted' : null;
    if (!isMissed) return [...splits, ...decisionEvents(decision, codes, { session, now, why })];
    const missed = { orders: 0, why: 'missed: nothing was decided before the open', refused: {} };
    return [...splits, decided(session, now, { ...missed, nightCost: decision.nightCost })];
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
  codes: readonly string[],
  { session, now, why }: { readonly session: TradeDate; readonly now: number; readonly why: string | null },
): PaperEvent[] {
  const counts = new Map<string, number>();
  const intended = [...forced, ...orders].map((order, i): PaperEvent => {
    const symbol = codes[order.symbol]!;
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
 * Sends intended orders, then answers sent ones. Each order is written down as sent before it has an answer; during a
 * halt nothing is sent except forced orders of the broker.
 */
async function send({ log }: PaperParts, { session }: Due, now: number): Promise<Stepped> {
  const isLate = now >= sessionOpen(session);
  await changeBook(log, (book) =>
    inState(book, session, 'intended').map(({ key, isForced }): PaperEvent => {
      const head = { session, order: key, at: iso(now), by };
      if (isLate) return { ...head, key: `${key} expired`, kind: 'expired', reason: 'not sent before the open' };
      if (book.halted === undefined || isForced) return { ...head, key: `${key} sent`, kind: 'sent' };
      return { ...head, key: `${key} cancelled`, kind: 'cancelled', reason: `halted: ${book.halted.reason}` };
    }),
  );
  const book = await changeBook(log, (current) =>
    inState(current, session, 'sent').map(({ key, sentAt }): PaperEvent => {
      const head = { session, order: key, at: iso(now), by };
      // The instant of sending decides, so that the answer is the same after a crash.
      if (sentAt < sessionOpen(session)) return { ...head, key: `${key} accepted`, kind: 'accepted' };
      return { ...head, key: `${key} refused`, kind: 'refused', reason: 'sent after the open' };
    }),
  );
  return { book };
}

function inState(book: PaperBook, session: string, state: 'intended' | 'sent') {
  return book.ordersOf(session).filter((order) => order.state === state);
}

/** Values the running session. */
async function value({ log, feed }: PaperParts, { session, step }: Due, now: number): Promise<Stepped> {
  const known = await feed.read(session);
  const book = await changeBook(log, (current) => {
    if (current.has(`${session} ${step!}`) || hasOtherBars(current, known)) return [];
    const head = { key: `${session} ${step!}`, session, order: null, at: iso(now), by };
    return [{ ...head, kind: 'valued', step: step!, ...valueSession(current, known, session, now) }];
  });
  return { book };
}

/** Writes down the fills of a session, all at once, when the bars of its orders are there. */
async function settle({ log, feed }: PaperParts, { session, isLast }: Due, now: number): Promise<Stepped> {
  let waitingFor: string | undefined;
  const known = await feed.read(session);
  const book = await changeBook(log, (current) => {
    waitingFor = undefined;
    if (current.unsettled !== session) return [];
    const events = settlementEvents(current, known, { session, now, isLast });
    if (events === undefined) waitingFor = `the bars of ${session}`;
    return events ?? [];
  });
  return { book, waitingFor };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
