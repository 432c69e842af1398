import { z } from 'zod';
import { beginsBeforeItEnds, calendarRange } from './calendar-range.ts';
import { instantSchema, tradeDateSchema } from './primitives.ts';

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

/** What an import of days of results did, or would do. */
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
