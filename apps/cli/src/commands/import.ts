import { resolve } from 'node:path';
import { fetchResultSchema, priceBasisSchema, runAcceptedSchema } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { fetchReport } from '../output/fetch-report.ts';
import { printResult } from '../output/terminal.ts';
import { watchRun } from '../watch-run.ts';

export const importCommand: CommandDefinition = {
  usage: 'import <folder>',
  summary: 'read bars from a folder of CSV files',
  description: `Reads bars from a folder with one CSV file a symbol (7203.T.csv, 7203.csv), or from one CSV file.

The columns are recognised by the header: date,open,high,low,close,volume, with adjclose or without, or timestamp,... for
5-minute bars. Every row passes the quality gate: a bad one is quarantined with its reason and the good ones are kept. An
import that is run again, or that was cut off and is run again, ends in the same bars.`,
  examples: ['daytrade import ./bars', 'daytrade import ./bars --symbols ./symbols.csv --json'],
  configure: (command) =>
    command
      .option('--symbols <file>', 'CSV with symbol,name,group,sector; default: symbols.csv in the folder or beside it')
      .option('--basis <basis>', 'traded, split-adjusted or fully-adjusted; default: recognised from the file'),
  run: async (context, { args, options }) => {
    const basis = options['basis'];
    const symbolsFile = options['symbols'];
    const body = {
      provider: 'csv',
      folder: resolve(String(args[0])),
      ...(symbolsFile === undefined ? {} : { symbolsFile: resolve(String(symbolsFile)) }),
      ...(basis === undefined ? {} : { priceBasis: parseInput(priceBasisSchema, basis, '--basis') }),
    };
    const connection = await context.connect();
    const { run } = await connection.data.post('/v1/fetches', runAcceptedSchema, { body });
    const result = fetchResultSchema.parse(await watchRun(context, connection, run, 'import'));
    printResult(context.terminal, context.json, result, () => fetchReport(result));
  },
};
