import { z } from 'zod';

/** How the web page is shown. */
export const pageSettings = {
  DAYTRADE_LANGUAGE: z
    .enum(['ja', 'en'])
    .optional()
    .meta({ description: "Language of the page until its reader chooses one; not set: the browser's" }),
} as const;
