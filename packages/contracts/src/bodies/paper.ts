import type { TradeDate } from '@daytrade/market';
import { z } from 'zod';
import { accountKindSchema, costFields, strategyNameSchema } from './backtests.ts';
import { instantSchema, plainTextSchema, symbolSchema, tradeDateSchema } from './primitives.ts';

const whoSchema = plainTextSchema.min(1).max(200).describe('Author of the change');
const dryRunSchema = z.boolean().default(false).describe('Whether only to check it, and keep nothing');
const reasonSchema = plainTextSchema.min(1).max(500);
const bookSchema = plainTextSchema.max(40).optional();

export const paperQuerySchema = z.object({
  book: bookSchema.describe('Name of a book, as paper-2; default: the newest that runs, else the newest'),
});
const changeFields = {
  book: bookSchema.describe('Name of the book, as paper-2; needed where several run'),
  by: whoSchema,
  dryRun: dryRunSchema,
};

export const paperStartRequestSchema = z.strictObject({
  strategy: strategyNameSchema,
  parameters: z.record(plainTextSchema.max(40), z.number()).default({}),
  account: accountKindSchema.default('day-margin'),
  cash: z.number().min(100_000).max(1e12).default(10_000_000).describe('Yen to begin with'),
  ...costFields,
  maxPosition: z.number().positive().optional().describe('Yen in one symbol at most; default: a fifth of the cash'),
  maxExposure: z.number().positive().optional().describe('Yen in all symbols at most; default: the cash'),
  maxSessionLoss: z.number().positive().optional().describe('Yen that a session may lose; default: 3 % of the cash'),
  by: whoSchema,
  dryRun: dryRunSchema,
});

/** Settings of a paper book: those of its start, with limits that are always set. */
const paperSettingsSchema = z.object({
  ...paperStartRequestSchema.omit({ by: true, dryRun: true }).shape,
  maxPosition: z.number(),
  maxExposure: z.number(),
  maxSessionLoss: z.number(),
  strategyHash: z.string().nullable().default(null).describe('SHA-256 of the file of the strategy, if it has one'),
  synthetic: z.boolean().describe('Whether it trades on bars of the synthetic exchange'),
});
export type PaperSettings = z.infer<typeof paperSettingsSchema>;

export const paperStopRequestSchema = z.strictObject(changeFields);
export const haltRequestSchema = z.strictObject({ ...changeFields, reason: reasonSchema.default('halted by hand') });
export const releaseRequestSchema = z.strictObject({
  ...changeFields,
  reason: reasonSchema.default('released by hand'),
  confirm: z.literal(true).describe('That it is meant: orders are sent again'),
});

const paperStepSchema = z.enum(['pre-open', 'open', 'lunch', 'pre-close', 'close']);
export type PaperStep = z.infer<typeof paperStepSchema>;

const sideSchema = z.enum(['buy', 'sell']);

/** An order as it is asked for, by the code of its symbol. */
const paperOrderFields = {
  symbol: z.string(),
  side: sideSchema,
  shares: z.int(),
  type: z.enum(['market', 'limit', 'stop']),
  time: z.enum(['open', 'close', 'day']),
  price: z.number().nullable().describe('The limit or the stop, yen'),
  stopLoss: z.number().nullable(),
  takeProfit: z.number().nullable(),
  closes: z.boolean().describe('Whether what it opened is closed in the closing auction'),
} as const;
export type AskedOrder = z.infer<z.ZodObject<typeof paperOrderFields>>;

const paperOrderStateSchema = z.enum(['intended', 'sent', 'accepted', 'filled', 'refused', 'cancelled', 'expired']);
export type PaperOrderState = z.infer<typeof paperOrderStateSchema>;

const paperOrderSchema = z.object({
  key: z.string().describe('Session, step, symbol and place: one order for ever'),
  session: tradeDateSchema,
  ...paperOrderFields,
  state: paperOrderStateSchema,
  filled: z.int().describe('Shares that it bought or sold'),
  filledAt: z.number().nullable().describe('Mean price of them, yen'),
  reason: z.string().nullable().describe('Why it was refused, cancelled or expired'),
  at: instantSchema.describe('When it came to its state'),
});
export type PaperOrder = z.infer<typeof paperOrderSchema>;

const paperPositionSchema = z.object({
  symbol: z.string(),
  shares: z.int().describe('Negative when short'),
  price: z.number().describe('Mean price at which it was opened, yen'),
  mark: z.number().describe('Newest price that it is valued at, yen'),
  profit: z.number().describe('Yen, before costs'),
});
export type PaperPosition = z.infer<typeof paperPositionSchema>;

export const paperBookSchema = z.object({
  book: z.string().nullable().describe('null where none was ever started'),
  books: z
    .array(z.object({ book: z.string(), strategy: z.string(), running: z.boolean() }))
    .describe('All books, the newest first'),
  running: z.boolean(),
  startedAt: instantSchema.nullable(),
  startedBy: z.string().nullable(),
  stoppedAt: instantSchema.nullable(),
  settings: paperSettingsSchema.nullable(),
  halted: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
  cash: z.number().nullable(),
  equity: z.number().nullable().describe('Yen at the newest close'),
  soFar: z
    .object({ session: tradeDateSchema, step: paperStepSchema, equity: z.number(), at: instantSchema })
    .nullable()
    .describe('The running session, from bars that were finished: not settled before its close'),
  costs: z.number().describe('Yen that were paid so far'),
  maxDrawdown: z.number().describe('Largest fall of the equity from a close before, as a share'),
  openOrders: z.int(),
  positions: z.array(paperPositionSchema),
  unsettled: tradeDateSchema.nullable().describe('The session whose fills are not written down yet'),
  curve: z
    .array(z.object({ session: tradeDateSchema, equity: z.number() }))
    .readonly()
    .describe('Yen at each close'),
  sessions: z
    .array(
      z.object({
        session: tradeDateSchema,
        orders: z.int(),
        why: z.string().nullable().describe('Why there are none'),
        refused: z.record(z.string(), z.int()).describe('Orders that were not sent, by why'),
      }),
    )
    .describe('The newest decisions, newest first'),
});
export type PaperBookState = z.infer<typeof paperBookSchema>;

export const paperChangeSchema = z.object({
  dryRun: z.boolean(),
  cancelled: z.int().describe('Open orders that were, or would be, cancelled'),
  book: paperBookSchema,
});

export const paperOrdersQuerySchema = paperQuerySchema.extend({
  session: tradeDateSchema.optional().describe('Only orders of this session, YYYY-MM-DD'),
  limit: z.coerce.number<number | string>().int().min(1).max(1000).default(100),
});
export const paperOrdersSchema = z.object({
  orders: z.array(paperOrderSchema).describe('Newest session first'),
});
const fillReasonSchema = z.enum(['entry', 'stop-loss', 'take-profit', 'closing']);

const paperFillSchema = z.object({
  session: tradeDateSchema,
  symbol: z.string(),
  side: sideSchema,
  shares: z.int(),
  price: z.number().describe('Yen a share, as it was traded'),
  cost: z.number().describe('Yen that were paid for it'),
  why: fillReasonSchema.describe('Whether its order bought or sold, or what closed it'),
  order: z.string().nullable().describe('Its order; null where the broker closed'),
});
export type PaperFill = z.infer<typeof paperFillSchema>;

/** All that a backtest did, in the order of time; prices in yen. */
export const backtestRecordSchema = z.object({
  synthetic: z.boolean(),
  trades: z
    .array(
      z.object({
        symbol: z.string(),
        side: z.enum(['long', 'short']),
        shares: z.int(),
        opened: tradeDateSchema,
        closed: tradeDateSchema,
        entry: z.number(),
        exit: z.number(),
        profit: z.number().describe('Yen before costs'),
      }),
    )
    .readonly()
    .describe('Purchases with their sales, and short sales with their purchases: first in, first out'),
  orders: z
    .array(
      z.object({
        session: tradeDateSchema,
        order: z.int().describe('Its place in the session'),
        ...paperOrderFields,
        forced: z.boolean().describe('Whether the broker closes a position that was carried over'),
        filled: z.int().describe('Shares that it bought or sold, without its exits'),
      }),
    )
    .readonly(),
  fills: z.array(paperFillSchema.extend({ order: z.int().nullable() })).readonly(),
  returns: z
    .array(z.object({ date: tradeDateSchema, return: z.number() }))
    .readonly()
    .describe('Daily, after costs'),
  bySymbol: z
    .array(
      z.object({
        symbol: z.string(),
        trades: z.int(),
        wins: z.int(),
        profit: z.number().describe('Of its trades, before costs'),
        costs: z.number().describe('Of its fills, without those of holding over night'),
      }),
    )
    .readonly()
    .describe('The most profitable first'),
});
export type BacktestRecord = z.infer<typeof backtestRecordSchema>;

export const paperFillsQuerySchema = paperQuerySchema.extend({
  symbol: symbolSchema.optional().describe('Only fills of this symbol'),
  session: tradeDateSchema.optional().describe('Only fills of this session, YYYY-MM-DD'),
  limit: z.coerce.number<number | string>().int().min(1).max(5000).default(100),
});
export const paperFillsSchema = z.object({
  fills: z.array(paperFillSchema).describe('Newest session first'),
});

const bookStepSchema = z.object({
  book: z.string(),
  session: tradeDateSchema.nullable(),
  done: z.array(z.string()).describe('Steps that were done, each once for ever'),
  waitingFor: z.string().nullable().describe('What the next step lacks'),
  orders: z.int().describe('Orders that were sent'),
  fills: z.int(),
  equity: z.number().nullable(),
  halted: z.boolean(),
});
export const paperSessionResultSchema = z.object({ books: z.array(bookStepSchema).describe('Each that runs') });

/** Events of a paper book, an append-only log. */
type PaperEventBody =
  | ({ readonly kind: 'started' } & PaperSettings)
  | { readonly kind: 'stopped' }
  | { readonly kind: 'halted' | 'released'; readonly reason: string }
  | {
      readonly kind: 'decided';
      readonly orders: number;
      readonly why: string | null;
      readonly refused: Readonly<Record<string, number>>;
      readonly nightCost: number;
    }
  | ({ readonly kind: 'intended' } & AskedOrder)
  | { readonly kind: 'sent' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused' | 'cancelled' | 'expired'; readonly reason: string }
  | {
      readonly kind: 'filled';
      readonly symbol: string;
      readonly side: 'buy' | 'sell';
      readonly shares: number;
      readonly price: number;
      readonly why: PaperFill['why'];
      readonly cost: number;
    }
  /** A held position has `ratio` shares for each one before. */
  | { readonly kind: 'split'; readonly symbol: string; readonly ratio: number }
  | { readonly kind: 'valued'; readonly step: PaperStep; readonly equity: number; readonly filled: number }
  | { readonly kind: 'closed'; readonly equity: number; readonly marks: Readonly<Record<string, number>> };

/** One row of the log of a book. */
export type PaperEvent = {
  /** Unique in its book: what is done again has the same one. */
  readonly key: string;
  readonly session: TradeDate | null;
  /** The order that it is about. */
  readonly order: string | null;
  readonly at: string;
  readonly by: string;
} & PaperEventBody;
