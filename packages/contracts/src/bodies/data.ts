import { z } from 'zod';
import {
  barsAgeSchema,
  beginsBeforeItEnds,
  calendarDateSchema,
  calendarRange,
  instantSchema,
  intervalSchema,
  leftOutSchema,
  plainTextSchema,
  priceBasisSchema,
  symbolSchema,
  tradeDateSchema,
} from './primitives.ts';

const symbolInfoSchema = z.object({
  symbol: z.string(),
  name: z.string().describe('Japanese name where it is known, else the code'),
  sector: z.string().nullable(),
  sizeGroup: z.string().nullable(),
  tickTable: z.enum(['topix500', 'standard']),
  lot: z.int(),
  priceBasis: priceBasisSchema,
  synthetic: z.boolean(),
  firstDate: tradeDateSchema,
  lastDate: tradeDateSchema,
  bars: z.int(),
});
export type SymbolInfo = z.infer<typeof symbolInfoSchema>;
/** A symbol as it is listed among the others. */
const listedSymbolSchema = symbolInfoSchema.extend({
  displaced: z.boolean().describe('True for a synthetic symbol beside real ones: nothing uses its bars'),
});
export type ListedSymbol = z.infer<typeof listedSymbolSchema>;
export const symbolListSchema = z.object({
  symbols: z.array(listedSymbolSchema),
  barsAge: barsAgeSchema.nullable().describe('Of the symbols that are not displaced; null while there are no bars'),
});
export type SymbolList = z.infer<typeof symbolListSchema>;
/** Only the synthetic symbols can be removed: `synthetic=true` says that they are meant. */
export const symbolRemovalQuerySchema = z.object({ synthetic: z.literal('true') });
export const symbolRemovalSchema = z.object({
  symbols: z.array(z.string()),
  bars: z.int().describe('Daily bars'),
  predictions: z.int(),
  quarantine: z.int().describe('Rows that the quality gate had kept out or warned about'),
});
export type SymbolRemoval = z.infer<typeof symbolRemovalSchema>;
export const damagedSymbolsSchema = z.object({
  checked: z.int().describe('Symbols with daily bars, whose files were looked at'),
  damaged: leftOutSchema,
});
export const damagedSymbolsQuerySchema = z.object({
  check: z.enum(['ends', 'content']).default('ends').describe('Whether files are whole, or all of their content'),
});

/** One of the four scores, 0 to 100, and the quantity that it was made from. */
const scoreComponentSchema = z.object({
  score: z.number().min(0).max(100),
  weight: z.number(),
  value: z.number().nullable(),
  unit: z.string(),
  basis: z.string().describe('How the value was obtained; names a proxy where the quantity itself is unknown'),
});
const selectedSymbolSchema = z.object({
  rank: z.int().min(1),
  symbol: z.string(),
  name: z.string(),
  score: z.number(),
  components: z.object({
    liquidity: scoreComponentSchema,
    volatility: scoreComponentSchema,
    volumeConsistency: scoreComponentSchema,
    marketCapitalisation: scoreComponentSchema,
  }),
  synthetic: z.boolean(),
  reason: z.string().default('').describe('Why it was picked: its rank, and whether it stays or is new'),
});
const rejectedSymbolSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  score: z.number().nullable(),
  rank: z.int().nullable().default(null).describe('Place among those that meet every criterion; null for others'),
  reasons: z.array(z.string()),
});
const turnoverSchema = z
  .object({
    previous: tradeDateSchema.nullable().describe('Day of the selection before; null where none is kept'),
    entered: z.array(z.string()),
    left: z.array(z.object({ symbol: z.string(), name: z.string(), reasons: z.array(z.string()) })),
    share: z.number().nullable().describe('Share of the symbols that are new; null without one before'),
  })
  .describe('Who came and who went since the newest selection that was kept before');
export const selectionSchema = z.object({
  asOf: tradeDateSchema.nullable(),
  windowSessions: z.int(),
  poolSize: z.int(),
  criteria: z.object({
    minimumMarketCapitalisationYen: z.number(),
    minimumAverageVolumeShares: z.number(),
    maximumAnnualVolatility: z.number(),
    minimumLiquidityScore: z.number(),
  }),
  options: z.object({
    count: z.int(),
    buffer: z.int(),
    mostPerSector: z.int().nullable(),
    maximumCorrelation: z.number().nullable(),
  }),
  symbols: z.array(selectedSymbolSchema),
  rejected: z.array(rejectedSymbolSchema),
  turnover: turnoverSchema,
  leftOut: leftOutSchema.default([]),
});
export type Selection = z.infer<typeof selectionSchema>;

const wholeNumberSchema = z.coerce.number<number | string>().int();
/** Options of a selection, in a query or in the payload of a job. */
export const selectionOptionsSchema = z.strictObject({
  count: wholeNumberSchema.min(1).max(500).default(10),
  buffer: wholeNumberSchema
    .min(0)
    .max(500)
    .optional()
    .describe(
      'Ranks about the last place between which membership decides: a symbol of the selection before stays up to ' +
        'rank count + buffer, and a new one comes in for sure up to rank count - buffer. Default: 30 % of the count',
    ),
  mostPerSector: wholeNumberSchema.min(1).max(500).optional().describe('Symbols of one sector at most'),
  maximumCorrelation: z.coerce
    .number<number | string>()
    .min(-1)
    .max(1)
    .optional()
    .describe('Largest correlation of the daily returns of two selected symbols, over the window'),
});
export const selectionQuerySchema = z.object({
  ...selectionOptionsSchema.shape,
  asOf: calendarDateSchema.optional(),
});

/** A selection as it is kept: who was picked and why, and who left. */
export const keptSelectionSchema = z.object({
  asOf: tradeDateSchema,
  madeAt: instantSchema,
  synthetic: z.boolean(),
  poolSize: z.int(),
  criteria: selectionSchema.shape.criteria,
  options: selectionSchema.shape.options,
  symbols: z.array(selectedSymbolSchema.omit({ synthetic: true })),
  turnover: turnoverSchema,
});
export type KeptSelection = z.infer<typeof keptSelectionSchema>;
export const keptSelectionListSchema = z.object({ selections: z.array(keptSelectionSchema) });
export const keptSelectionListQuerySchema = z.object({
  limit: wholeNumberSchema.min(1).max(500).default(20),
});

const barSchema = z.object({
  date: z.string(),
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: z.number(),
});
export const barListSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  interval: intervalSchema,
  priceBasis: priceBasisSchema,
  synthetic: z.boolean(),
  bars: z.array(barSchema),
});
export const barParametersSchema = z.object({ symbol: symbolSchema });
export const barQuerySchema = z
  .object({ ...calendarRange, interval: intervalSchema.default('1d') })
  .superRefine(beginsBeforeItEnds);

const quarantineEntrySchema = z.object({
  symbol: z.string(),
  date: z.string().describe('As written in the source; may be no date at all'),
  file: z.string(),
  line: z.int(),
  severity: z.enum(['quarantined', 'warning']),
  reason: z.string().describe('A code of the quality gate, for example high-below-low'),
  message: z.string(),
  row: z.string().describe('The row as it was read'),
});
export type QuarantineEntry = z.infer<typeof quarantineEntrySchema>;
const quarantineCountSchema = z.object({
  reason: z.string(),
  severity: z.enum(['quarantined', 'warning']),
  rows: z.int(),
});
export type QuarantineCount = z.infer<typeof quarantineCountSchema>;
export const quarantineListSchema = z.object({
  total: z.int().describe('All rows, also those that are counted and not listed'),
  counts: z.array(quarantineCountSchema),
  quarantine: z.array(quarantineEntrySchema),
});
export const quarantineQuerySchema = z.object({
  symbol: symbolSchema.optional().describe('Only rows of this symbol'),
  reason: plainTextSchema.max(64).optional().describe('Only rows with this reason'),
  severity: z.enum(['quarantined', 'warning']).optional().describe('Only rows of this severity'),
  limit: z.coerce.number<number | string>().int().min(1).max(10_000).default(100).describe('Rows to show'),
  offset: z.coerce.number<number | string>().int().min(0).default(0),
});

const fileFormSchema = z.object({
  packing: z.enum(['none', 'gzip', 'parquet']).describe('How the file was packed'),
  encoding: z.string().describe('How its characters were written: UTF-8, Shift_JIS'),
  separator: z.string().describe('What stands between the fields of a row: commas, semicolons, tabs'),
  header: z.string().describe('Language of the names of the columns, or yfinance for its three lines'),
  dates: z.array(z.string()).describe('How dates are written, each form as an example'),
  volumeUnit: z.int().default(1).describe('Shares in a unit of the volume, by which it was multiplied: 1,000 for 千株'),
});
export type FileForm = z.infer<typeof fileFormSchema>;

/** Files that were taken for the same. */
const readAsSchema = fileFormSchema.extend({
  interval: intervalSchema,
  priceBasis: priceBasisSchema,
  basisReason: z.string().describe('What showed the price basis'),
  files: z.array(z.string()),
  symbols: z.int(),
});
export type ReadAs = z.infer<typeof readAsSchema>;

export const fetchResultSchema = z.object({
  provider: z.string(),
  synthetic: z.boolean(),
  files: z.int(),
  filesRefused: z.array(z.object({ file: z.string(), message: z.string() })),
  filesSkipped: z.array(z.object({ file: z.string(), message: z.string() })).describe('Files not named like a symbol'),
  symbols: z.int(),
  readAs: z.array(readAsSchema).default([]).describe('What each file was taken for; empty where no files are read'),
  dryRun: z.boolean().default(false).describe('True where nothing was written'),
  keptOut: z
    .array(z.object({ reason: z.string(), rows: z.int(), first: z.string() }))
    .default([])
    .describe('Rows that the quality gate keeps out, by reason, with file, line and fault of the first'),
  notes: z.array(z.string()).default([]).describe('What holds for all bars, as that the plan holds the newest back'),
  symbolsMended: leftOutSchema.default([]).describe('Symbols whose new bars took the place of a damaged file'),
  rowsRead: z.int(),
  barsAdded: z.int(),
  barsChanged: z.int(),
  intradayBars: z.int().default(0).describe('How many of the bars that were added or changed are 5-minute bars'),
  barsUnchanged: z.int(),
  rowsQuarantined: z.int(),
  rowsWithoutTrade: z.int().describe('Rows without any value, as over lunch: neither bars nor faults'),
  warnings: z.int(),
  seconds: z.number(),
});
export type FetchResult = z.infer<typeof fetchResultSchema>;
