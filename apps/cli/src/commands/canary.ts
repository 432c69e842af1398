import { setTimeout as wait } from 'node:timers/promises';
import { CanaryCollector, type Decision, judgeCanary, usualCanary } from '@daytrade/canary';
import { z } from 'zod';
import { askWithToken } from '../canary/ask-with-token.ts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput, wholeNumber } from '../input.ts';
import { renderTable } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';

const urlSchema = z.url({ protocol: /^https?$/, error: 'expected an address, http:// or https://' });
const aDay = 86_400;

export const canaryCommand: CommandDefinition = {
  usage: 'canary',
  summary: 'judge a new version that runs beside the old one',
  description: `Measures two running versions of the ML service for some intervals and judges the new one by what it
answers beside the old one: errors, latency, predictions on the same requests, widths, coverage of closes that came in
meanwhile, and age of its bars. It prints what to do, with the figures: promote, advance, hold, or roll-back. Nothing is
published, and no traffic is moved.

Too little traffic means hold: the canary must have answered ${usualCanary.minRequests} requests in an interval.
--probes sends reads to both. Within a trading session a canary is not promoted, unless --force says so. When the word
is roll-back, the exit code is 5.`,
  examples: [
    'daytrade canary --stable http://ml-service:8000 --canary http://ml-service-canary:8000',
    'daytrade canary --stable http://10.0.0.4:8000 http://10.0.0.5:8000 --canary http://10.0.0.6:8000 --json',
  ],
  configure: (command) =>
    command
      .requiredOption('--stable <urls...>', 'addresses of the processes of the version that serves')
      .requiredOption('--canary <urls...>', 'addresses of the processes of the new version')
      .option('--weight <percent>', 'the share of the requests that the canary gets', String(usualCanary.stepWeight))
      .option('--interval <seconds>', 'length of an interval', String(usualCanary.interval))
      .option('--intervals <count>', 'intervals at most; the first decision but hold ends it', '1')
      .option('--probes <count>', 'reads that are sent to each version in an interval', '600')
      .option('--force', 'promote within a trading session'),
  run: async (context, { options }) => {
    const number = (name: string, min: number, max: number) => wholeNumber(options[name], `--${name}`, { min, max });
    const [stable, canary] = (['stable', 'canary'] as const).map((name) =>
      (options[name] as readonly string[]).map((url) => parseInput(urlSchema, url, `--${name}`).replace(/\/$/, '')),
    );
    const weight = number('weight', 1, 100);
    const settings = { ...usualCanary, interval: number('interval', 1, aDay) };
    const intervals = number('intervals', 1, 10_000);
    const collector = new CanaryCollector({
      ask: askWithToken(context.settings.DAYTRADE_TOKEN, context.signal),
      now: Date.now,
      stable: async () => stable!,
      canary: async () => canary!,
      probes: number('probes', 0, 1_000_000),
    });
    await collector.start();
    const history: Awaited<ReturnType<CanaryCollector['measure']>>[] = [];
    let decision: Decision;
    do {
      await wait(1_000 * settings.interval, undefined, { signal: context.signal });
      history.push(await collector.measure(weight));
      decision = judgeCanary(history, settings, { forced: options.force === true });
    } while (decision.action === 'hold' && history.length < intervals);
    if (decision.action === 'roll-back') process.exitCode = 5;
    const result = { ...decision, intervals: history.length };
    printResult(context.terminal, context.json, result, () => canaryReport(decision));
  },
};

function canaryReport(decision: Decision): string {
  const word = decision.action === 'advance' ? `advance to ${decision.weight} %` : decision.action;
  const table = renderTable(
    [{ title: 'criterion' }, { title: 'verdict' }, { title: 'figures' }],
    decision.findings.map(({ criterion, verdict, text }) => [criterion, verdict, text]),
  );
  return `${word}: ${decision.reason}\n\n${table}`;
}
