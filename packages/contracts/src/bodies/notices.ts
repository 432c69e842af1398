import { z } from 'zod';
import { instantSchema } from './primitives.ts';
import { jsonObjectSchema } from './runs.ts';

export const noticeKinds = [
  'run-failed',
  'bars-old',
  'no-prediction',
  'coverage-outside',
  'price-outside',
  'morning-list',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The ways to a reader. */
const noticeChannels = ['webhook', 'slack', 'email'] as const;
export type NoticeChannelName = (typeof noticeChannels)[number];

const noticeSchema = z.object({
  kind: z.enum([...noticeKinds, 'test']),
  subject: z
    .string()
    .describe('What it is about: a session, a symbol in it, or a job and a day. Of each kind and subject one is sent'),
  madeAt: instantSchema,
  synthetic: z.boolean(),
  title: z.string(),
  lines: z.array(z.string()),
  facts: jsonObjectSchema.describe('The same for a program; what is in it depends on the kind'),
});
export type Notice = z.infer<typeof noticeSchema>;

const noticeEntrySchema = z.object({
  kind: z.string(),
  subject: z.string(),
  channel: z.enum(noticeChannels),
  status: z.enum(['waiting', 'sent', 'failed']).describe('failed: after the last attempt'),
  attempts: z.int(),
  title: z.string(),
  madeAt: instantSchema,
  nextAttemptAt: instantSchema,
  sentAt: instantSchema.nullable(),
  error: z.string().nullable().describe('Of the newest attempt'),
});
export type NoticeEntry = z.infer<typeof noticeEntrySchema>;

export const noticeListSchema = z.object({ notices: z.array(noticeEntrySchema) });
export const noticeListQuerySchema = z.object({
  limit: z.coerce.number<number | string>().int().min(1).max(1000).default(50),
});
export const noticeTestRequestSchema = z
  .strictObject({ dryRun: z.boolean().default(false).describe('Only show what would be sent') })
  .default({ dryRun: false });
export const noticeTestSchema = z.object({
  dryRun: z.boolean(),
  deliveries: z.array(
    z.object({
      channel: z.enum(noticeChannels),
      to: z.string().describe('The host or the addresses; a URL may hold a secret and is not shown'),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      sent: z.boolean(),
      error: z.string().nullable(),
    }),
  ),
});
export type NoticeTest = z.infer<typeof noticeTestSchema>;

/** The kinds that a setting such as `all` or `bars-old,morning-list` names. */
export function noticeKindsOf(setting: string): ReadonlySet<NoticeKind> {
  if (setting === 'all') return new Set(noticeKinds);
  return new Set(noticeKinds.filter((kind) => setting.split(',').includes(kind)));
}
