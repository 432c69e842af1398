import { z } from 'zod';
import { instantSchema } from './bodies/primitives.ts';

/** Starts a fetch. The provider's definition has the schema of its other fields. */
export const fetchRequestSchema = z.looseObject({ provider: z.string() });
export type FetchRequest = z.infer<typeof fetchRequestSchema>;

/** The requests that brought bars, the last fetched first. */
export const sourceListSchema = z.object({
  sources: z.array(z.object({ request: fetchRequestSchema, fetchedAt: instantSchema })),
});
