import {
  type PaperBookState,
  type PaperFill,
  type PaperOrder,
  type PaperPosition,
  paperStartRequestSchema,
  routes,
} from '@daytrade/contracts';
import { paperReasonInJapanese } from '@daytrade/contracts/japanese';
import { strategies } from '@daytrade/trading';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { parseInput, textOption, wrongInput } from '../input.ts';
import { say, sayBy } from '../language/language.ts';
import { count, japanClock, percent, quantity, yen } from '../output/format.ts';
import { facts, right, table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { programName } from '../program-name.ts';
import { costFields, limitFields, parameterRanges, parametersOf, RequestOptions } from '../request-options.ts';
import { command } from '../route-command.ts';
import { whoRuns } from '../who-runs.ts';

const parameterHelp = Object.values(strategies)
  .map((strategy) => `${strategy.name}: ${parameterRanges(strategy)}.`)
  .join('\n\n');

const begun = new RequestOptions(paperStartRequestSchema, {
  strategy: {},
  ...costFields,
  ...limitFields,
  dryRun: { help: 'check it and show the book, and keep nothing' },
});

const start: CommandDefinition = {
  usage: 'start',
  summary: 'let a strategy trade a book of paper from the next session on',
  description: `Starts a book that a strategy trades on paper: no broker is connected, and no order leaves the machine.
Before each open the strategy decides as in a backtest, from finished bars and published forecasts alone; its orders are
held against money, rules and limits, and filled on the bars of the session by the code of the backtest. Jobs of the
scheduler do it while "daytrade up" runs. Several books may run at once, each with money of its own.

What it shows is what would have become of the orders. It promises nothing.

Parameters:

${parameterHelp}`,
  examples: [
    'daytrade paper start --strategy gap-fade',
    'daytrade paper start --strategy gap-fade --set entry=1.5 --cash 5000000 --max-session-loss 100000 --dry-run',
  ],
  configure: (built) =>
    begun
      .addTo(built)
      .option('--set <parameters...>', 'parameters of the strategy, as entry=1.5; the others have their defaults'),
  run: async (context, { options }) => {
    const asked = { ...begun.read(options), parameters: parametersOf(options.set), by: whoRuns() };
    const body = parseInput(paperStartRequestSchema, asked, 'paper start');
    const { ml } = await context.connect();
    const answer = await ml.call(routes.startPaper, { body });
    printResult(context, answer, () =>
      body.dryRun ? `${say`Nothing is kept. It would be:`}\n${bookReport(answer.book)}` : bookReport(answer.book),
    );
  },
};

const stop = command(routes.stopPaper, {
  usage: 'stop',
  summary: 'end a paper book',
  description: `Ends a running paper book. Its record stays readable. A session that is not settled yet must be
settled first, which its next step does; "daytrade halt" cancels its open orders.`,
  examples: ['daytrade paper stop', 'daytrade paper stop --book paper-2 --dry-run'],
  options: { book: {}, dryRun: { help: 'say what would be stopped, and stop nothing' } },
  fixed: () => ({ by: whoRuns() }),
  text: ({ book }, { dryRun }) =>
    dryRun === true ? `${say`Nothing is stopped. It would be:`}\n${bookReport(book)}` : bookReport(book),
});

const status = command(routes.paperBook, {
  usage: 'status',
  summary: 'show a paper book as it stands',
  description: `Shows a paper book, and the names of the others: its strategy and limits, whether it is halted, equity
at the newest close, drawdown, what is open, and the newest decisions. No broker is connected to it.`,
  examples: ['daytrade paper status', 'daytrade paper status --book paper-2 --json'],
  options: { book: {} },
  text: bookReport,
});

export const paperGroup: CommandGroup = {
  name: 'paper',
  summary: 'books that strategies trade on paper, without a broker',
  commands: [start, stop, status],
};

export const ordersCommand = command(routes.paperOrders, {
  usage: 'orders',
  summary: 'show the orders of a paper book with their states',
  description: `Shows the orders of a paper book, newest session first, each with its outcome and the reason why it
was refused, cancelled or expired.`,
  examples: ['daytrade orders', 'daytrade orders --session 2026-11-24 --json'],
  options: { book: {}, session: {}, limit: { help: 'orders to show' } },
  text: ({ orders }) => orderTable(orders),
});

export const fillsCommand = command(routes.paperFills, {
  usage: 'fills',
  summary: 'show what a paper book bought and sold, at which price and cost',
  description: `Shows what a paper book bought and sold, newest session first: the price, what it cost, and whether it
was an order or what closed it (stop-loss, take-profit, the close).`,
  examples: ['daytrade fills --symbol 7203', 'daytrade fills --session 2026-11-24 --json'],
  options: { book: {}, symbol: {}, session: {}, limit: { help: 'fills to show' } },
  text: ({ fills }) => fillTable(fills),
});

export const positionsCommand = command(routes.paperBook, {
  usage: 'positions',
  summary: 'show what a paper book holds',
  description: 'Shows what a paper book holds at the newest settled close, with its profit before costs.',
  examples: ['daytrade positions', 'daytrade positions --json'],
  options: { book: {} },
  text: ({ positions }) => positionTable(positions),
});

export const haltCommand: CommandDefinition = {
  usage: 'halt',
  summary: 'stop all orders of a paper book, or let it trade again',
  description: `Cancels every open order of a paper book at once and sends no more until it is released. Positions
stay, except in a day-margin account, which closes them at the close. A session that loses more than its limit halts the
book by itself.

With --release the book sends orders again from its next decision on; that needs --yes.`,
  examples: ["daytrade halt --reason 'bars look wrong'", 'daytrade halt --release --yes'],
  configure: (built) =>
    built
      .option('--release', 'let a halted book send orders again')
      .option('--yes', 'confirm the release')
      .option('--book <name>', 'name of the book, as paper-2; needed where several run')
      .option('--reason <text>', 'why, kept with it')
      .option('--dry-run', 'say what would be cancelled, and change nothing'),
  run: async (context, { options }) => {
    const dryRun = options.dryRun === true;
    const body = { by: whoRuns(), dryRun, book: textOption(options, 'book'), reason: textOption(options, 'reason') };
    const isRelease = options.release === true;
    if (isRelease && options.yes !== true && !dryRun) {
      throw wrongInput('--release', 'expected --yes as well, since orders are sent again');
    }
    const { ml } = await context.connect();
    const answer = isRelease
      ? await ml.call(routes.releasePaper, { body: { ...body, confirm: true } })
      : await ml.call(routes.haltPaper, { body });
    printResult(context, { ...answer, dryRun }, () => {
      const orders = quantity(answer.cancelled, 'open order');
      const cancelled = dryRun ? say`${orders} would be cancelled.` : say`${orders} cancelled.`;
      return [...(isRelease ? [] : [cancelled]), bookReport(answer.book)].join('\n');
    });
  },
};

/** Reports a paper book: strategy, equity, open orders and the newest decisions. */
function bookReport(book: PaperBookState): string {
  const { settings, halted, soFar, unsettled } = book;
  if (settings === null) return say`There is no paper book. ${programName} paper start --strategy gap-fade begins one.`;
  const { strategy, account, cash } = settings;
  const [name, stopped] = [book.book!, japanClock(book.stoppedAt)];
  const { maxPosition: each, maxExposure: all, maxSessionLoss: loss } = settings;
  const parameters = Object.entries(settings.parameters).map(([parameter, value]) => `${parameter} ${value}`);
  const [positions, sessions] = [
    quantity(book.positions.length, 'open position'),
    quantity(book.curve.length, 'settled session'),
  ];
  const others = book.books.filter((each) => each.book !== name);
  const [equity, costs] = [yen(Math.round(book.equity ?? 0)), yen(Math.round(book.costs))];
  return [
    book.running
      ? say`Paper book ${name} of ${strategy}, running. Paper only: no broker is connected.`
      : say`Paper book ${name} of ${strategy}, stopped ${stopped}. Paper only: no broker is connected.`,
    ...(settings.synthetic ? [say`Its bars are those of the synthetic exchange.`] : []),
    facts(
      [
        ['  since', say`${japanClock(book.startedAt)}, by ${book.startedBy ?? '–'}`],
        ['  account', say`${say(account)}, ${count(cash)} yen to begin with; ${parameters.join(', ')}`],
        ['  limits', say`${count(each)} yen a symbol, ${count(all)} in all, ${count(loss)} lost in a session`],
        ['  equity', say`${equity} yen, after ${sessions}`],
        ['  costs', say`${costs} yen; largest drawdown ${percent(book.maxDrawdown)}`],
        ['  outstanding', say`${quantity(book.openOrders, 'open order')}, ${positions}`],
        ['  so far', soFar && say`${yen(Math.round(soFar.equity))} yen ${say(`at ${soFar.step}`)}, not settled`],
        ['  not settled', unsettled],
        ['  other books', others.map(bookInWords).join(', ') || null],
        ['  HALTED', halted && say`${japanClock(halted.at)} by ${halted.by}: ${reasonInWords(halted.reason)}`],
      ],
      15,
    ),
    ...decisionLines(book),
  ].join('\n');
}

function bookInWords({ book, strategy, running }: PaperBookState['books'][number]): string {
  return `${book} (${strategy}, ${say(running ? 'running' : 'stopped')})`;
}

/** Returns why an order ended or a book was halted; the words of a person stay as they are. */
function reasonInWords(reason: string): string {
  const halt = /^halted: (.*)$/s.exec(reason)?.[1];
  return halt === undefined ? sayBy(paperReasonInJapanese, reason) : say`halted: ${reasonInWords(halt)}`;
}

function decisionLines({ sessions }: PaperBookState): readonly string[] {
  if (sessions.length === 0) return [say`Nothing was decided yet: it decides 15 minutes before each open.`];
  const rows = table(sessions, {
    session: ({ session }) => session,
    orders: right(({ orders }) => orders),
    'not sent': ({ why, refused }) => {
      const reasons = Object.entries(refused).map(([reason, number]) => say(`${reason} {0}`, number));
      return [...(why === null ? [] : [reasonInWords(why)]), ...reasons].join(', ') || '–';
    },
  });
  return ['', rows];
}

/** Lists orders with their outcome. */
function orderTable(orders: readonly PaperOrder[]): string {
  if (orders.length === 0) return say`There are no orders.`;
  return table(orders, {
    session: ({ session }) => session,
    symbol: ({ symbol }) => symbol,
    order: ({ side, type, price, time }) =>
      [say(side), ' ', say(type), price === null ? '' : ` ${yen(price)}`, say(`, ${time}`)].join(''),
    shares: right(({ shares }) => shares),
    filled: right(({ filled }) => filled),
    at: right(({ filledAt }) => (filledAt === null ? '–' : yen(filledAt))),
    state: ({ state }) => say(state),
    why: ({ reason }) => reason && reasonInWords(reason),
  });
}

/** Lists fills with price, cost and reason. */
function fillTable(fills: readonly PaperFill[]): string {
  if (fills.length === 0) return say`There are no fills.`;
  return table(fills, {
    session: ({ session }) => session,
    symbol: ({ symbol }) => symbol,
    side: ({ side }) => say(side),
    shares: right(({ shares }) => shares),
    at: right(({ price }) => yen(price)),
    cost: right(({ cost }) => yen(Math.round(cost))),
    why: ({ why }) => say(why),
  });
}

/** Lists positions with their profit before costs. */
function positionTable(positions: readonly PaperPosition[]): string {
  if (positions.length === 0) return say`The paper book holds nothing.`;
  return table(positions, {
    symbol: ({ symbol }) => symbol,
    shares: right(({ shares }) => shares),
    'bought at': right(({ price }) => yen(price)),
    newest: right(({ mark }) => yen(mark)),
    profit: right(({ profit }) => yen(Math.round(profit))),
  });
}
