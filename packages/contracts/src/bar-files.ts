import { z } from 'zod';
import { beginsBeforeItEnds, calendarRange } from './calendar-range.ts';
import { intervalSchema } from './primitives.ts';

/** The forms in which the bars of a symbol are sent as a file, with the content type of each. */
export const barFileTypes = { csv: 'text/csv', parquet: 'application/vnd.apache.parquet' } as const;

export const barFileFormatSchema = z
  .enum(['csv', 'parquet'])
  .meta({ description: 'Form of a file: UTF-8 text with a header line, or parquet' });
export type BarFileFormat = z.infer<typeof barFileFormatSchema>;

export const barFileQuerySchema = z
  .object({
    ...calendarRange,
    interval: intervalSchema.default('1d'),
    format: barFileFormatSchema.default('csv'),
    symbolColumn: z
      .enum(['true', 'false'])
      .default('false')
      .meta({ description: 'Whether each row begins with the symbol, for a file that is to hold several' }),
  })
  .superRefine(beginsBeforeItEnds);

/** The content of a file, which is not JSON. */
export const fileContentSchema = z.string().meta({ description: 'The file', format: 'binary' });
