import { parseResult, type ResultOf, routes, targetInWords, trainingRequestSchema } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { say } from '../language/language.ts';
import {
  ageInWords,
  basisPoints,
  count,
  duration,
  ownFilesInWords,
  percent,
  quantity,
  soleMemberInWords,
} from '../output/format.ts';
import { facts } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { RequestOptions, universeFields } from '../request-options.ts';
import { watchRun } from '../watch-run.ts';

const request = new RequestOptions(trainingRequestSchema, {
  seed: {},
  promote: { help: 'register the model without making it live' },
  symbols: { help: 'train only on these symbols' },
  ...universeFields,
  features: {},
  members: {},
});

export const trainCommand: CommandDefinition = {
  usage: 'train',
  summary: 'train the ensemble on all bars and make it live',
  description: `Trains the ensemble on all bars: members (gradient boosting in three growths, random forest, ridge),
combinations on out-of-fold predictions, and the intervals' calibration, walk-forward with purge and embargo. The model
is registered when it is complete, and made live unless --no-promote is given. The same seed and the same bars give the
same bytes.`,
  examples: ['daytrade train --seed 7 --no-promote', 'daytrade train --features close-place --members last-rank'],
  configure: (command) => request.addTo(command),
  run: async (context, { options }) => {
    const body = parseInput(trainingRequestSchema, request.read(options), 'train');
    const connection = await context.connect();
    const { run } = await connection.ml.call(routes.startTraining, { body });
    const result = parseResult('training', await watchRun(context, connection, run, 'train'));
    const age = ageInWords(result.barsAge);
    if (age !== undefined) context.terminal.stderr.write(`${say`note: ${age}`}\n`);
    printResult(context, result, () => trainingReport(result));
  },
};

function trainingReport(result: ResultOf<'training'>): string {
  const model = result.promoted
    ? say`Model ${result.modelVersion} is live`
    : say`Model ${result.modelVersion} is registered`;
  const [bars, rows] = [quantity(result.symbols, 'symbol'), count(result.rows)];
  const [coverage, width] = [percent(result.coverage), basisPoints(result.meanWidthBp)];
  return [
    `${result.synthetic ? say`SYNTHETIC bars. ` : ''}${model}`,
    facts(
      [
        [
          '  trained on',
          say`${bars}, ${result.trainedFrom} to ${result.trainedTo}, ${rows} rows x ${count(result.features)} features`,
        ],
        ['  took', duration(result.trainingSeconds)],
        ['  out of sample', say`coverage ${coverage} (promised ${targetInWords}), mean width ${width}`],
        ['  ensemble', result.soleMember === null ? undefined : soleMemberInWords(result.soleMember)],
        ['  own files', result.own && ownFilesInWords(result.own)],
        ['  artifact', `sha256 ${result.artifactHash.slice(0, 16)}…`],
      ],
      20,
    ),
  ].join('\n');
}
