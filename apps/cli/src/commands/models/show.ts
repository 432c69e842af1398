import { type Model, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import {
  basisPoints,
  count,
  directionInWords,
  duration,
  japanClock,
  percent,
  quantity,
  soleMemberInWords,
} from '../../output/format.ts';
import { printResult } from '../../output/terminal.ts';

export const modelsShowCommand: CommandDefinition = {
  usage: 'show <version>',
  summary: 'show one model version and when it was live',
  description:
    'Shows what a model was trained on (with the hash of its bars), its members, its out-of-sample results and ' +
    'when it was live.',
  examples: ['daytrade models show m20261124-0001-1a2b3c4d'],
  run: async (context, { args }) => {
    const connection = await context.connect();
    const detail = await connection.ml.call(routes.model, { params: { version: String(args[0]) } });
    const { model, activations } = detail;
    printResult(context.terminal, context.json, detail, () =>
      [
        `${model.version}  ${model.status}${model.synthetic ? '  SYNTHETIC bars' : ''}`,
        `  trained        ${japanClock(model.createdAt)} JST in ${duration(model.trainingSeconds)}, seed ${model.seed}`,
        `  bars           ${model.trainedFrom} to ${model.trainedTo}, ${quantity(model.symbols, 'symbol')}, ` +
          `${count(model.rows)} rows x ${count(model.features)} features`,
        `  data hash      ${model.dataHash}`,
        `  artifact hash  ${model.artifactHash} (${count(model.artifactBytes)} bytes)`,
        `  out of sample  coverage ${percent(model.coverage)}, width ${basisPoints(model.meanWidthBp)}, Winkler ` +
          `${basisPoints(model.winklerBp)}, hit rate ${percent(model.hitRate)}`,
        `  direction      ${directionInWords(model.directionSkilled)}`,
        `  members        ${model.members.map(memberInWords).join(', ')}`,
        ...(model.soleMember === null ? [] : [`  ensemble       ${soleMemberInWords(model.soleMember)}`]),
        ...activations.map(
          (entry) =>
            `  made live      ${japanClock(entry.at)} JST, ${entry.action}, before it ${entry.previous ?? 'none'}`,
        ),
      ].join('\n'),
    );
  },
};

function memberInWords({ name, weight }: Model['members'][number]): string {
  return weight === null ? name : `${name} (${weight.toFixed(3)})`;
}
