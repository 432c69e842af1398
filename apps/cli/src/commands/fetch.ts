import { parseResult, routes } from '@daytrade/contracts';
import { providers } from '@daytrade/market-data';
import type { CommandDefinition, CommandInput } from '../define-command.ts';
import { fetchOptions, fetchRequest, optionName } from '../fetch-request.ts';
import { wrongInput } from '../input.ts';
import { say, translated } from '../language/language.ts';
import { fetchReport } from '../output/fetch-report.ts';
import { printNote, printResult } from '../output/terminal.ts';
import { repair } from '../repair.ts';
import { watchRun } from '../watch-run.ts';
import { runImport } from './import.ts';

/** Options of `--repair`, which asks as the bars were asked for before. */
const repairFlags = ['--symbols <codes>', '--from <date>'];
const days = ['--from <date>', '--to <date>'];
const allOptions = fetchOptions();
const optionsInOrder = [
  ...allOptions.filter(({ flags }) => !days.includes(flags)),
  ...allOptions.filter(({ flags }) => days.includes(flags)),
];

function otherOption(options: CommandInput['options']): string | undefined {
  return allOptions
    .filter(({ flags }) => !repairFlags.includes(flags))
    .map(optionName)
    .find((name) => options[name] !== undefined);
}

export const fetchCommand: CommandDefinition = {
  usage: 'fetch [provider]',
  summary: 'fetch bars from a provider',
  description: `Fetches bars from a provider: "jquants", "yahoo", "csv" or "synthetic". Without one it is that of
DAYTRADE_PROVIDER, which \`daytrade setup\` sets. Synthetic bars are made only when they are asked for by name; real
bars displace them in training, selection and predictions.

${providers.map(({ help }) => help).join('\n\n')}

--repair asks again for what "data check" shows as damaged, missing or late, from the source that gave the bars:
J-Quants or Yahoo for the symbols, the folders that were imported, the synthetic exchange. With --symbols it asks for
these, whatever is known of them, and with --from for all days from that one on; so a provider's restated bars come in.
Of a damaged file every bar is asked for. What a source does not have stays missing, and the command then ends with exit
code 5; no bar is made up.`,
  examples: [
    'daytrade fetch',
    'daytrade fetch jquants --symbols 7203,6758,9984',
    'daytrade fetch jquants --universe topix100',
    'daytrade fetch jquants --universe topix500 --former-members --listings-from 2021-01-04',
    'daytrade fetch yahoo --symbols 7203,6758 --unofficial',
    'daytrade fetch synthetic --count 60 --from 2023-01-04 --seed 7',
    'daytrade fetch --repair',
    'daytrade fetch --repair --symbols 7203 --from 2026-01-05',
  ],
  configure: (command) => {
    command.option('--repair', 'ask again for damaged, missing or late bars, from the source that gave them');
    for (const { flags, help, takers } of optionsInOrder) {
      const isForAny = days.includes(flags);
      const named = flags === repairFlags[0] ? [...takers, '--repair'] : takers;
      command.option(flags, isForAny ? help : `${named.join(', ')}: ${help}`);
    }
  },
  run: async (context, { args, options }) => {
    if (options.repair === true) {
      const other = args[0] ?? otherOption(options);
      if (other !== undefined)
        throw wrongInput('--repair', `expected --symbols and --from alone beside it, got ${other}`, other);
      return await repair(context, options);
    }
    const body = fetchRequest(args[0], options, context.settings);
    if ('folder' in body) {
      await runImport(context, { folder: String(body.folder), symbolsFile: undefined, priceBasis: undefined });
      return;
    }
    const connection = await context.connect();
    const { run } = await connection.data.call(routes.startFetch, { body });
    const result = parseResult('fetch', await watchRun(context, connection, run, 'fetch'));
    for (const { message } of result.filesRefused) printNote(context.terminal, say`refused ${message}`);
    for (const note of result.notes) printNote(context.terminal, translated(note));
    if (result.filesRefused.length > 0) process.exitCode = 2;
    printResult(context, result, () => fetchReport(result));
  },
};
