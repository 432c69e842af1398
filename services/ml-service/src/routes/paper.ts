import { type AnswerOf, type PaperEvent, type PaperSettings, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseSymbol } from '@daytrade/market';
import { addRoute, type Caller, recordedAs, type Service } from '@daytrade/service';
import { activeSymbols } from '@daytrade/storage';
import {
  type Author,
  bookState,
  changeBook,
  fillsOf,
  haltBook,
  isShipped,
  ordersOf,
  PaperBook,
  releaseBook,
  startBook,
  stopBook,
} from '@daytrade/trading';
import type { MlServiceDependencies } from '../dependencies.ts';
import { OwnStrategies } from '../own/own-strategies.ts';
import { findBook, nextName, runningOf, storedLog } from '../paper/paper-job.ts';

/** Adds the routes of the paper book: state, orders, fills, and its changes. */
export function addPaperRoutes(service: Service, dependencies: MlServiceDependencies): void {
  const { settings, stores, clock } = dependencies;
  const ownStrategies = new OwnStrategies(settings.DAYTRADE_USER_FOLDER);
  const authorOf = (caller: Caller | null, by: string): Author => {
    return { by: recordedAs(caller, by), at: new Date(clock.now()).toISOString() };
  };

  const stateOf = async (name: string | undefined, book: PaperBook) => ({
    ...bookState(name, book),
    books: await stores.paper.books(),
  });

  addRoute(service, routes.paperBook, async ({ query }) => {
    const { name, book, books } = await findBook(stores, query.book);
    return { ...bookState(name, book), books };
  });

  addRoute(service, routes.paperOrders, async ({ query: { book: asked, session, limit } }) => {
    const { book } = await findBook(stores, asked);
    return { orders: [...ordersOf(book, session, limit)] };
  });

  addRoute(service, routes.paperFills, async ({ query: { book: asked, symbol, session, limit } }) => {
    const { book } = await findBook(stores, asked);
    const code = symbol === undefined ? undefined : parseSymbol(symbol);
    return { fills: [...fillsOf(book, { symbol: code, session, limit })] };
  });

  addRoute(service, routes.startPaper, async ({ body: { by, dryRun, ...asked }, caller }) => {
    const { records, synthetic } = await activeSymbols(stores);
    if (records.length === 0) throw new DayTradeError('data.no-bars', 'there are no bars yet to trade on');
    const own = isShipped(asked.strategy) ? undefined : await ownStrategies.find(asked.strategy);
    const strategy = own && { name: own.name, ...(await ownStrategies.describe(own)) };
    const bookSettings: PaperSettings = {
      ...asked,
      strategyHash: own?.hash ?? null,
      maxPosition: asked.maxPosition ?? asked.cash / 5,
      maxExposure: asked.maxExposure ?? asked.cash,
      maxSessionLoss: asked.maxSessionLoss ?? 0.03 * asked.cash,
      synthetic,
    };
    const events = startBook(bookSettings, authorOf(caller, by), strategy);
    let name = nextName((await stores.paper.books())[0]?.book);
    // Another book may have been started under that name at the same moment.
    while (!dryRun && !(await stores.paper.append(name, 0, events))) name = nextName(name);
    return { dryRun, cancelled: 0, book: await stateOf(name, new PaperBook(events)) };
  });

  const change = async (
    { book: asked, dryRun }: { readonly book?: string | undefined; readonly dryRun: boolean },
    make: (book: PaperBook | undefined) => readonly PaperEvent[],
  ): Promise<AnswerOf<typeof routes.haltPaper>> => {
    const { name, book, books } = await findBook(stores, asked);
    const running = runningOf(books);
    if (asked !== undefined && !running.includes(asked)) {
      throw new DayTradeError('trading.no-paper', `paper book ${asked} has ended`);
    }
    if (asked === undefined && running.length > 1) {
      throw new DayTradeError('trading.several-books', `these are running: ${running.join(', ')}`);
    }
    const events = make(book);
    const after =
      dryRun || name === undefined
        ? new PaperBook([...book.events, ...events])
        : await changeBook(storedLog(stores, name), make);
    return {
      dryRun,
      cancelled: events.filter(({ kind }) => kind === 'cancelled').length,
      book: await stateOf(name, after),
    };
  };

  addRoute(service, routes.stopPaper, ({ body, caller }) =>
    change(body, (book) => stopBook(book, authorOf(caller, body.by))),
  );

  addRoute(service, routes.haltPaper, ({ body, caller }) =>
    change(body, (book) => haltBook(book, body.reason, authorOf(caller, body.by))),
  );

  addRoute(service, routes.releasePaper, ({ body, caller }) =>
    change(body, (book) => releaseBook(book, body.reason, authorOf(caller, body.by))),
  );
}
