import { z } from 'zod';
import { noticeKinds } from '../notices.ts';
import { wholeSetting } from './setting-types.ts';

/** Notices travel to this address: in clear on this machine alone. */
const receiver =
  /^(?:https:\/\/[\w.:[\]-]+|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?)(?:[/?][!-~]*)?$/i;
const mailServer = /^smtps?:\/\/(?:[^\s@/]+@)?[\w.:[\]-]+\/?$/i;
const mailbox = '[^\\s@,<>"]+@[^\\s@,<>"]+';
const kind = noticeKinds.join('|');

const receiverUrl = (what: string) =>
  z
    .string()
    .regex(receiver, 'expected an https URL; http on loopback alone')
    .optional()
    .meta({ description: what, unit: 'secret', secret: true });

/** Who is sent notices, and about what. Without a receiver there are none. */
export const noticeSettings = {
  DAYTRADE_NOTICES: z
    .string()
    .regex(new RegExp(`^(?:all|none|(?:${kind})(?:,(?:${kind}))*)$`), `expected all, none, or ${noticeKinds.join(',')}`)
    .default('all')
    .meta({ description: `What is sent: all, none, or some of ${noticeKinds.join(', ')}`, unit: 'kinds' }),
  DAYTRADE_NOTICE_BARS_BEHIND: wholeSetting(2, { min: 1, max: 250 }).meta({
    description: 'Finished sessions without a bar from which on bars are too old',
    unit: 'sessions',
  }),
  DAYTRADE_NOTICE_WEBHOOK_URL: receiverUrl('Where notices are posted as JSON'),
  DAYTRADE_NOTICE_WEBHOOK_KEY: z
    .string()
    .min(24, 'expected at least 24 characters; `openssl rand -hex 24` makes some')
    .optional()
    .meta({ description: 'Key that signs what is posted, by HMAC-SHA-256', unit: 'secret', secret: true }),
  DAYTRADE_NOTICE_SLACK_URL: receiverUrl('Incoming webhook of Slack, or of a server that takes the same'),
  DAYTRADE_NOTICE_SMTP_URL: z
    .string()
    .regex(mailServer, 'expected smtps://user:password@host:465, or smtp://… where the server takes STARTTLS')
    .optional()
    .meta({
      description: 'Mail server, with user and password; TLS is required but on loopback',
      unit: 'secret',
      secret: true,
    }),
  DAYTRADE_NOTICE_MAIL_FROM: z
    .string()
    .regex(new RegExp(`^${mailbox}$`), 'expected one mail address')
    .optional()
    .meta({ description: 'Sender of mails', unit: 'mail address' }),
  DAYTRADE_NOTICE_MAIL_TO: z
    .string()
    .regex(new RegExp(`^${mailbox}(?:,${mailbox})*$`), 'expected mail addresses with commas between them')
    .optional()
    .meta({ description: 'Who gets mails, with commas between the addresses', unit: 'mail addresses' }),
} as const;
