import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { advance, PaperBook } from '@daytrade/trading';
import type { MlServiceDependencies } from '../dependencies.ts';
import { storedLog } from '../paper/stored-book.ts';
import { storedFeed } from '../paper/stored-feed.ts';

/** Job `paper-session`: does what is due of the running paper book, each step once for ever; nothing without a book. */
export function paperSessionJob({ stores, clock }: MlServiceDependencies): JobDefinition {
  return defineJob('paper-session', async () => {
    const name = await stores.paper.newestBook();
    const before = new PaperBook(name === undefined ? [] : await stores.paper.read(name));
    if (name === undefined || !before.isRunning) return nothing;
    const parts = { log: storedLog(stores, name), feed: storedFeed(stores) };
    const { session, done, waitingFor, book } = await advance(parts, clock.now());
    const added = book.events.slice(before.events.length);
    return {
      book: name,
      session: session ?? null,
      done: [...done],
      waitingFor: waitingFor ?? null,
      orders: added.filter(({ kind }) => kind === 'sent').length,
      fills: added.filter(({ kind }) => kind === 'filled').length,
      equity: book.closes.at(-1)?.equity ?? book.settings?.cash ?? null,
      halted: book.halted !== undefined,
    };
  });
}

const nothing = {
  book: null,
  session: null,
  done: [],
  waitingFor: null,
  orders: 0,
  fills: 0,
  equity: null,
  halted: false,
};
