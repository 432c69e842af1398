import { type NoticeTest, routes } from '@daytrade/contracts';
import type { CommandGroup } from '../define-command.ts';
import { say } from '../language/language.ts';
import { japanClock } from '../output/format.ts';
import { right, table } from '../output/table.ts';
import { programName } from '../program-name.ts';
import { command } from '../route-command.ts';

const triesWay = `\`${programName} notices test\``;

const list = command(routes.notices, {
  usage: 'list',
  summary: 'list the notices that were sent, or wait to be',
  description: `Lists the newest notices, one row per receiver. A receiver that fails is tried 6 times in about two
hours; then the notice is failed. Of each kind and subject (a session, or a job and a day) one is sent.`,
  examples: ['daytrade notices list', 'daytrade notices list --limit 5 --json'],
  options: { limit: { help: 'rows to show', default: '20' } },
  text: ({ notices }) =>
    table(
      notices,
      {
        'made (JST)': ({ madeAt }) => japanClock(madeAt),
        kind: ({ kind }) => say(kind),
        subject: ({ subject }) => subject,
        receiver: ({ channel }) => channel,
        status: ({ status }) => say(status),
        attempts: right(({ attempts }) => attempts),
        what: ({ title, error }) => error ?? title,
      },
      say`There was no notice yet. ${triesWay} tries the way to you.`,
    ),
});

const test = command(routes.testNotice, {
  usage: 'test',
  summary: 'send a test notice to every receiver, or show what would be sent',
  description: `Sends a test notice to every receiver that is set: a webhook (DAYTRADE_NOTICE_WEBHOOK_URL and _KEY),
Slack (DAYTRADE_NOTICE_SLACK_URL), mail (DAYTRADE_NOTICE_SMTP_URL, DAYTRADE_NOTICE_MAIL_FROM, DAYTRADE_NOTICE_MAIL_TO).
With --dry-run it only shows the message, byte by byte. Ends with exit code 5 when a receiver did not take it.

The URLs are secrets and are not shown. They are those of the process that runs the scheduler: \`daytrade up\`, or this
command itself while none runs.`,
  examples: ['daytrade notices test --dry-run', 'daytrade notices test'],
  options: { dryRun: { help: 'show what would be sent, and send nothing' } },
  exitCode: ({ deliveries }) => (deliveries.some(({ error }) => error !== null) ? 5 : 0),
  text: ({ deliveries, dryRun }) => deliveries.map((delivery) => deliveryText(delivery, dryRun)).join('\n\n'),
});

function deliveryText(
  { channel, to, headers, body, error }: NoticeTest['deliveries'][number],
  dryRun: boolean,
): string {
  const outcome = error ?? (dryRun ? say`not sent: a dry run` : say`sent`);
  const lines = body.trimEnd().split(/\r?\n/);
  return [
    say`${channel} to ${to}: ${outcome}`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value.replaceAll('\r\n', '\n  ')}`),
    '',
    ...lines.map((line) => `  ${line}`),
  ].join('\n');
}

export const noticesGroup: CommandGroup = {
  name: 'notices',
  summary: 'what readers are sent',
  commands: [list, test],
};
