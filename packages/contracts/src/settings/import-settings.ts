import { z } from 'zod';
import { wholeSetting } from './setting-types.ts';

/** How files of bars come in. */
export const importSettings = {
  DAYTRADE_IMPORT_ROOT: z
    .string()
    .regex(/^(?:\/|[A-Za-z]:[\\/])/, 'expected an absolute path')
    .optional()
    .meta({
      description:
        'Only folder whose files are read when a request names a path; not set: any on loopback, none beyond it ' +
        'and in a cluster, where files are sent',
      unit: 'path',
    }),
  DAYTRADE_UPLOAD_MEGABYTES: wholeSetting(4_096, { min: 1, max: 1_048_576 }).meta({
    description: 'Room for all files that are being sent at once, where bars and models are kept',
    unit: 'MiB',
  }),
} as const;
