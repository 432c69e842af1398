import { z } from 'zod';

/** Where bars, models and evaluations are kept when the database is shared. */
export const objectSettings = {
  DAYTRADE_OBJECTS: z.enum(['folder', 'database', 's3', 'azure-blob']).default('folder').meta({
    description:
      'Where bars, models and evaluations are kept: the state folder, the shared database, S3, or Azure Blob Storage',
  }),
  DAYTRADE_S3_BUCKET: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'expected a bucket name: 3 to 63 small letters, digits, dots or hyphens',
    )
    .optional()
    .meta({ description: 'Bucket for DAYTRADE_OBJECTS=s3', unit: 'name' }),
  DAYTRADE_S3_PREFIX: z
    .string()
    .regex(/^[\w!.*'()/-]*$/, 'expected letters, digits and / . - _')
    .default('')
    .meta({ description: 'Beginning of every key in the bucket', unit: 'key' }),
  DAYTRADE_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
    .optional()
    .meta({ description: 'Server that speaks the S3 API, addressed path-style; not set: AWS', unit: 'URL' }),
  DAYTRADE_BLOB_CONTAINER: z
    .string()
    .regex(
      /^https:\/\/[^/?#\s]+(?:\/[a-z0-9][a-z0-9-]*){1,2}$/,
      'expected the https URL of a container, such as "https://example.blob.core.windows.net/objects"',
    )
    .optional()
    .meta({
      description: 'Container for DAYTRADE_OBJECTS=azure-blob; the process signs in by its Azure identity',
      unit: 'URL',
    }),
} as const;
