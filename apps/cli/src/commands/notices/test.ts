import { type NoticeTest, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { printResult } from '../../output/terminal.ts';

export const noticesTestCommand: CommandDefinition = {
  usage: 'test',
  summary: 'send a test notice to every receiver, or show what would be sent',
  description: `Sends a test notice to every receiver that is set: a webhook (DAYTRADE_NOTICE_WEBHOOK_URL and _KEY),
Slack (DAYTRADE_NOTICE_SLACK_URL), mail (DAYTRADE_NOTICE_SMTP_URL, DAYTRADE_NOTICE_MAIL_FROM, DAYTRADE_NOTICE_MAIL_TO).
With --dry-run it only shows the message, byte by byte. Ends with exit code 5 when a receiver did not take it.

The URLs are secrets and are not shown. They are those of the process that runs the scheduler: \`daytrade up\`, or this
command itself while none runs.`,
  examples: ['daytrade notices test --dry-run', 'daytrade notices test'],
  configure: (command) => command.option('--dry-run', 'show what would be sent, and send nothing'),
  run: async (context, { options }) => {
    const connection = await context.connect();
    const answer = await connection.scheduler.call(routes.testNotice, { body: { dryRun: options.dryRun === true } });
    if (answer.deliveries.some(({ error }) => error !== null)) process.exitCode = 5;
    printResult(context.terminal, context.json, answer, () =>
      answer.deliveries.map((delivery) => deliveryText(delivery, answer.dryRun)).join('\n\n'),
    );
  },
};

function deliveryText(
  { channel, to, headers, body, error }: NoticeTest['deliveries'][number],
  dryRun: boolean,
): string {
  const outcome = error ?? (dryRun ? 'not sent: a dry run' : 'sent');
  return [
    `${channel} to ${to}: ${outcome}`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value.replaceAll('\r\n', '\n  ')}`),
    '',
    ...body
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => `  ${line}`),
  ].join('\n');
}
