import { indexNames } from '@daytrade/market';
import { z } from 'zod';
import { beginsBeforeItEnds, calendarRange, dateFormatSchema, instantSchema, tradeDateSchema } from './primitives.ts';

/** Bytes of the largest file of an index series: a hundred years of daily rows have about two million. */
export const mostIndexFileBytes = 8 * 1_048_576;

export const indexNameSchema = z
  .enum(indexNames)
  .meta({ description: 'A daily series beside the stocks: what other markets did, or the market of Tokyo as a whole' });

/** State of a series beside its newest possible value. */
const indexStateSchema = z.enum(['known', 'behind', 'absent']).meta({
  description: 'known: the newest value that is final is here; behind: an older one is; absent: there is none',
});

const indexEntrySchema = z.object({
  name: indexNameSchema,
  title: z.string(),
  state: indexStateSchema,
  expected: tradeDateSchema.meta({ description: 'The newest day whose value is final by now, a day of its market' }),
  values: z.number().int(),
  firstDate: tradeDateSchema.nullable(),
  lastDate: tradeDateSchema.nullable(),
  source: z.string().nullable().meta({ description: 'Where the newest value came from' }),
  fetchedAt: instantSchema.nullable().meta({ description: 'When the newest value came' }),
  synthetic: z.boolean(),
  inUse: z
    .boolean()
    .meta({ description: 'False beside bars of the other kind: synthetic beside real, or the reverse' }),
});
export type IndexEntry = z.infer<typeof indexEntrySchema>;

export const indexListSchema = z.object({
  indices: z.array(indexEntrySchema).meta({ description: 'Every series that is known of, also those without a value' }),
});
export type IndexList = z.infer<typeof indexListSchema>;

export const indexParametersSchema = z.object({ name: indexNameSchema });

const indexValueSchema = z.object({ date: tradeDateSchema, value: z.number() });
export const indexValuesSchema = z.object({
  name: indexNameSchema,
  title: z.string(),
  synthetic: z.boolean(),
  values: z.array(indexValueSchema).meta({ description: 'Oldest first; the day is one of its own market' }),
});
export type IndexValues = z.infer<typeof indexValuesSchema>;
export const indexValuesQuerySchema = z.object(calendarRange).superRefine(beginsBeforeItEnds);

export const indexImportQuerySchema = z.object({
  file: z
    .string()
    .regex(/^[^/\\\p{Cc}]{1,255}$/u, 'expected the name of a file, without a path')
    .meta({ description: 'What messages call the file' }),
  dateFormat: dateFormatSchema.optional(),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Whether to read and judge everything, and to write nothing' }),
});

/** Result of an import of index values. */
export const indexImportSchema = z.object({
  name: indexNameSchema,
  file: z.string(),
  dryRun: z.boolean().meta({ description: 'True where nothing was written' }),
  rowsRead: z.number().int(),
  valuesAdded: z.number().int(),
  valuesChanged: z.number().int(),
  valuesUnchanged: z.number().int(),
  rowsOutsideCalendar: z
    .number()
    .int()
    .meta({ description: 'Rows of days before 2000 or after 2030, which nothing is made of' }),
  rowsWithoutValue: z.number().int().meta({ description: 'Rows without a value, as of a holiday: no faults' }),
  keptOut: z
    .array(z.object({ line: z.number().int(), reason: z.string(), message: z.string() }))
    .meta({ description: 'Rows that were kept out, and why' }),
  firstDate: tradeDateSchema.nullable(),
  lastDate: tradeDateSchema.nullable(),
});
export type IndexImport = z.infer<typeof indexImportSchema>;

/** Result of the update of foreign series before the open. */
export const indicesUpdateSchema = z.object({
  known: z.array(indexEntrySchema.pick({ name: true, lastDate: true })),
  behind: z.array(indexEntrySchema.pick({ name: true, lastDate: true, expected: true })),
  absent: z.array(indexNameSchema),
  updated: z.array(z.object({ name: indexNameSchema, source: z.string(), values: z.number().int() })),
  failed: z.array(z.object({ source: z.string(), code: z.string(), message: z.string() })),
});
export type IndicesUpdate = z.infer<typeof indicesUpdateSchema>;

/** Bytes of the largest file of days of results: ten years of the whole exchange have about ten million. */
export const mostAnnouncementFileBytes = 16 * 1_048_576;

/** A day of results, as it was made or is planned. */
export const announcementSchema = z.object({
  date: tradeDateSchema,
  kind: z.enum(['made', 'planned']).meta({ description: 'Whether it came, or is only planned: a plan may be moved' }),
  time: z.string().nullable().meta({ description: 'In Japan, as 15:30; null where it is not known' }),
});

export const announcementQuerySchema = z.object(calendarRange).superRefine(beginsBeforeItEnds);

const announcementEntrySchema = announcementSchema.extend({
  symbol: z.string(),
  name: z.string(),
  knownSince: instantSchema.meta({ description: 'From when the day was public: earlier forecasts do not know it' }),
});
export type AnnouncementEntry = z.infer<typeof announcementEntrySchema>;

export const announcementListSchema = z.object({
  announcements: z
    .array(announcementEntrySchema)
    .meta({ description: 'By day and symbol; of a day that came only what came. A plan that was moved is left out' }),
  symbolsWithout: z
    .array(z.string())
    .meta({ description: 'Symbols with bars of which no source has a day of results' }),
});
export type AnnouncementList = z.infer<typeof announcementListSchema>;

/** Result of an import of days of results. */
export const announcementImportSchema = z.object({
  file: z.string(),
  dryRun: z.boolean().meta({ description: 'True where nothing was to be written' }),
  written: z.boolean().meta({ description: 'False in a dry run, and where a row is bad: then no row is taken' }),
  rows: z.number().int(),
  symbols: z.number().int(),
  days: z.number().int().meta({ description: 'Days of results, each once a symbol' }),
  added: z.number().int().meta({ description: 'Of these, the days that were not stored before' }),
  moved: z.number().int().meta({ description: 'Of these, plans that were moved or dropped before their day' }),
  firstDate: tradeDateSchema.nullable(),
  lastDate: tradeDateSchema.nullable(),
  faults: z.array(z.object({ line: z.number().int(), message: z.string() })).meta({ description: 'Every bad row' }),
});
export type AnnouncementImport = z.infer<typeof announcementImportSchema>;
