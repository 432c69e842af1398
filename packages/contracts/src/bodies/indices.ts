import { indexNames } from '@daytrade/market';
import { z } from 'zod';
import {
  beginsBeforeItEnds,
  calendarRange,
  dateFormatSchema,
  instantSchema,
  tradeDateSchema,
  wholeFileImport,
} from './primitives.ts';

/** Bytes of the largest file of an index series: a hundred years of daily rows have about two million. */
export const mostIndexFileBytes = 8 * 1_048_576;

export const indexNameSchema = z.enum(indexNames).describe('A daily series of another market, or of Tokyo as a whole');

/** State of a series beside its newest possible value. */
const indexStateSchema = z
  .enum(['known', 'behind', 'absent'])
  .describe('known: the newest value that is final is here; behind: an older one is; absent: there is none');

const indexEntrySchema = z.object({
  name: indexNameSchema,
  title: z.string(),
  state: indexStateSchema,
  expected: tradeDateSchema.describe('The newest day whose value is final by now, a day of its market'),
  values: z.int(),
  firstDate: tradeDateSchema.nullable(),
  lastDate: tradeDateSchema.nullable(),
  source: z.string().nullable().describe('Where the newest value came from'),
  fetchedAt: instantSchema.nullable().describe('When the newest value came'),
  synthetic: z.boolean(),
  inUse: z.boolean().describe('False beside bars of the other kind: synthetic beside real, or the reverse'),
});
export type IndexEntry = z.infer<typeof indexEntrySchema>;

export const indexListSchema = z.object({
  indices: z.array(indexEntrySchema).describe('Every series that is known of, also those without a value'),
});

export const indexParametersSchema = z.object({ name: indexNameSchema });

export const indexImportQuerySchema = z.object({
  file: z
    .string()
    .regex(/^[^/\\\p{Cc}]{1,255}$/u, 'expected the name of a file, without a path')
    .describe('What messages call the file'),
  dateFormat: dateFormatSchema.optional(),
  dryRun: z.enum(['true', 'false']).default('false').describe('Whether to read and judge all, and to write nothing'),
});

export const indexImportSchema = z.object({
  name: indexNameSchema,
  file: z.string(),
  dryRun: z.boolean().describe('True where nothing was written'),
  rowsRead: z.int(),
  valuesAdded: z.int(),
  valuesChanged: z.int(),
  valuesUnchanged: z.int(),
  rowsOutsideCalendar: z.int().describe('Rows of days before 2000 or after 2030, which nothing is made of'),
  keptOut: z.array(z.object({ line: z.int(), reason: z.string(), message: z.string() })).describe('Rows kept out'),
  firstDate: tradeDateSchema.nullable(),
  lastDate: tradeDateSchema.nullable(),
});
export type IndexImport = z.infer<typeof indexImportSchema>;

/** Result of the update of foreign series before the open. */
export const indicesUpdateSchema = z.object({
  known: z.array(indexEntrySchema.pick({ name: true, lastDate: true })),
  behind: z.array(indexEntrySchema.pick({ name: true, lastDate: true, expected: true })),
  absent: z.array(indexNameSchema),
  updated: z.array(z.object({ name: indexNameSchema, source: z.string(), values: z.int() })),
  failed: z.array(z.object({ source: z.string(), code: z.string(), message: z.string() })),
});
export type IndicesUpdate = z.infer<typeof indicesUpdateSchema>;

/** Bytes of the largest file of earnings dates: ten years of the whole exchange have about ten million. */
export const mostAnnouncementFileBytes = 16 * 1_048_576;

/** An earnings date, as it was made or is planned. */
export const announcementSchema = z.object({
  date: tradeDateSchema,
  kind: z.enum(['made', 'planned']).describe('Whether it came, or is only planned: a plan may be moved'),
  time: z.string().nullable().describe('In Japan, as 15:30; null where it is not known'),
});

export const announcementQuerySchema = z.object(calendarRange).superRefine(beginsBeforeItEnds);

const announcementEntrySchema = announcementSchema.extend({
  symbol: z.string(),
  name: z.string(),
  knownSince: instantSchema.describe('From when the day was public: earlier forecasts do not know it'),
});

export const announcementListSchema = z.object({
  announcements: z.array(announcementEntrySchema).describe('By day and symbol, without plans that were moved or came'),
});

export const announcementImportSchema = z.object({
  ...wholeFileImport,
  symbols: z.int(),
  days: z.int().describe('Earnings dates, each once a symbol'),
  added: z.int().describe('Of these, the days that were not stored before'),
  moved: z.int().describe('Of these, plans that were moved or dropped before their day'),
  firstDate: tradeDateSchema.nullable(),
  lastDate: tradeDateSchema.nullable(),
});
export type AnnouncementImport = z.infer<typeof announcementImportSchema>;
