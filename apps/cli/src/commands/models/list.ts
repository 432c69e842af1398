import { type Model, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { basisPoints, count, japanClock, percent, soleMemberInWords } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const modelsListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'show every model version',
  description:
    'Shows every registered model version, newest first: what it was trained on, its out-of-sample results, and ' +
    'whether it is live.',
  examples: ['daytrade models list'],
  run: async (context) => {
    const connection = await context.connect();
    const list = await connection.ml.call(routes.models);
    printResult(context.terminal, context.json, list, () =>
      list.models.length === 0 ? `No model has been trained yet: ${programName} train` : modelTable(list.models),
    );
  },
};

function modelTable(models: readonly Model[]): string {
  const sole = models.flatMap(({ version, soleMember }) =>
    soleMember === null ? [] : [`${version}: ${soleMemberInWords(soleMember)}`],
  );
  const table = renderTable(
    [
      { title: 'version' },
      { title: 'status' },
      { title: 'made (JST)' },
      { title: 'trained to' },
      { title: 'rows', align: 'right' },
      { title: 'coverage', align: 'right' },
      { title: 'width', align: 'right' },
      { title: 'data' },
    ],
    models.map((model) => [
      model.version,
      model.status,
      japanClock(model.createdAt),
      model.trainedTo,
      count(model.rows),
      percent(model.coverage),
      basisPoints(model.meanWidthBp),
      `${model.synthetic ? 'synthetic ' : ''}${model.dataHash.slice(0, 8)}`,
    ]),
  );
  return [table, ...(sole.length === 0 ? [] : ['', ...sole])].join('\n');
}
