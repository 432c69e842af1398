import { z } from 'zod';

/** Bytes of each part of a file but the last, which has the rest. */
export const uploadPartBytes = 1_048_576;
/** Hours that an upload is kept after its last part. */
export const uploadKeptHours = 24;

const fileNameSchema = z
  .string()
  .max(255)
  .regex(/^[^/\\\p{Cc}]+\.(?:(?:csv|tsv)(?:\.gz)?|parquet)$/iu, 'expected a file name as 7203.T.csv, without a folder')
  .meta({ description: 'Name without a folder, for example 7203.T.csv', example: '7203.T.csv' });

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits in small letters');
/** Equals the limit of the reader of CSV files. */
const largestFile = 256 * 1_048_576;

const uploadFileSchema = z
  .strictObject({
    name: fileNameSchema,
    bytes: z.int().min(0).max(largestFile),
    parts: z.array(sha256Schema).describe(`SHA-256 of each ${uploadPartBytes} bytes, and of the rest`),
  })
  .refine(({ bytes, parts }) => parts.length === Math.ceil(bytes / uploadPartBytes), {
    path: ['parts'],
    message: `expected a hash for each ${uploadPartBytes} bytes and one for the rest`,
  });
export type UploadFile = z.infer<typeof uploadFileSchema>;

/** Announces files that are to be sent. */
export const uploadRequestSchema = z.strictObject({
  folder: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/\\\p{Cc}]+$/u, 'expected the name of a folder, without a path')
    .describe('Name of the folder that they come from, for messages and the quarantine'),
  files: z
    .array(uploadFileSchema)
    .min(1)
    .max(6_000)
    .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, 'expected no name twice')
    .describe('Files of bars; a file symbols.csv names the symbols'),
});
export type UploadRequest = z.infer<typeof uploadRequestSchema>;

export const uploadSchema = z.object({
  id: z.string().describe('Made from names and contents: the same files are the same upload'),
  missing: z.array(z.string()).describe('Hashes of the parts that have not come'),
});
export type Upload = z.infer<typeof uploadSchema>;

export const uploadIdSchema = z.string().regex(/^[0-9a-f]{64}$/, 'expected the id of an upload, 64 hexadecimal digits');
export const uploadPartSchema = z.object({ id: uploadIdSchema, part: sha256Schema });
