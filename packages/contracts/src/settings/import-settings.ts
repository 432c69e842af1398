import { z } from 'zod';

/** How files of bars come in. */
export const importSettings = {
  DAYTRADE_IMPORT_ROOT: z
    .string()
    .regex(/^(?:\/|[A-Za-z]:[\\/])/, 'expected an absolute path')
    .optional()
    .meta({
      description:
        'Only folder whose files are read when a request names a path; not set: any on loopback, none beyond it and in a cluster, where files are sent',
      unit: 'path',
    }),
} as const;
