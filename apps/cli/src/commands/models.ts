import { type AnswerOf, type ForecastExplanation, type Importance, type Model, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { textOption } from '../input.ts';
import { say, translated } from '../language/language.ts';
import {
  basisPoints,
  count,
  directionInWords,
  duration,
  japanClock,
  ownFilesInWords,
  percent,
  quantity,
  soleMemberInWords,
  syntheticMark,
} from '../output/format.ts';
import { facts, right, table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import type { Connection } from '../platform/connect.ts';
import { programName } from '../program-name.ts';
import { command } from '../route-command.ts';

const list = command(routes.models, {
  usage: 'list',
  summary: 'show every model version',
  description: `Shows every registered model version, newest first: what it was trained on, its out-of-sample results,
and whether it is live.`,
  examples: ['daytrade models list'],
  text: ({ models }) => modelList(models),
});

function modelList(models: readonly Model[]): string {
  if (models.length === 0) return say`No model has been trained yet: ${programName} train`;
  const rows = table(models, {
    version: ({ version }) => version,
    status: ({ status }) => say(status),
    'made (JST)': ({ createdAt }) => japanClock(createdAt),
    'trained to': ({ trainedTo }) => trainedTo,
    rows: right((model) => model.rows),
    coverage: right(({ coverage }) => percent(coverage)),
    width: right(({ meanWidthBp }) => basisPoints(meanWidthBp)),
    data: ({ synthetic, dataHash }) => `${synthetic ? `${say`synthetic`} ` : ''}${dataHash.slice(0, 8)}`,
  });
  const sole = models.flatMap(({ version, soleMember }) =>
    soleMember === null ? [] : [`${version}: ${soleMemberInWords(soleMember)}`],
  );
  return [rows, ...(sole.length === 0 ? [] : ['', ...sole])].join('\n');
}

const show = command(routes.model, {
  usage: 'show <version>',
  summary: 'show one model version and when it was live',
  description: `Shows what a model was trained on (with the hash of its bars), its members, its out-of-sample results
and when it was live.`,
  examples: ['daytrade models show m20261124-0001-1a2b3c4d'],
  text: modelReport,
});

function modelReport({ model, own, activations }: AnswerOf<typeof routes.model>): string {
  const [bars, rows, features] = [quantity(model.symbols, 'symbol'), count(model.rows), count(model.features)];
  const coverage = percent(model.coverage);
  const [width, winkler] = [basisPoints(model.meanWidthBp), basisPoints(model.winklerBp)];
  return [
    `${model.version}  ${say(model.status)}${model.synthetic ? `  ${say`SYNTHETIC bars`}` : ''}`,
    facts([
      ['  trained', say`${japanClock(model.createdAt)} JST in ${duration(model.trainingSeconds)}, seed ${model.seed}`],
      ['  bars', say`${model.trainedFrom} to ${model.trainedTo}, ${bars}, ${rows} rows x ${features} features`],
      ['  data hash', model.dataHash],
      ['  artifact hash', say`${model.artifactHash} (${count(model.artifactBytes)} bytes)`],
      [
        '  out of sample',
        say`coverage ${coverage}, width ${width}, Winkler ${winkler}, hit rate ${percent(model.hitRate)}`,
      ],
      ['  direction', directionInWords(model.directionSkilled)],
      ['  members', model.members.map(memberInWords).join(', ')],
      ['  own files', own && ownFilesInWords(own)],
      ['  ensemble', model.soleMember === null ? undefined : soleMemberInWords(model.soleMember)],
      ...activations.map(
        ({ at, action, previous }) =>
          ['  made live', say`${japanClock(at)} JST, ${say(action)}, before it ${previous ?? say`none`}`] as const,
      ),
    ]),
  ].join('\n');
}

function memberInWords({ name, weight }: Model['members'][number]): string {
  return weight === null ? name : `${name} (${weight.toFixed(3)})`;
}

const explain: CommandDefinition = {
  usage: 'explain [version]',
  summary: 'show what a model uses, and why it forecasts what it does for a symbol',
  description: `Shows the features that move the forecasts of a version (default: the live one) after the newest bars,
those that widen or narrow the intervals first. With --symbol it breaks down one forecast: base and contributions add up
to its centre and to its scale, by exact SHAP values of every tree and regression. A contribution describes what the
model did, not what causes prices.`,
  examples: ['daytrade models explain', 'daytrade models explain m20261124-0001-1a2b3c4d --symbol 7203 --json'],
  configure: (built) => built.option('--symbol <symbol>', 'also break down the forecast of this symbol'),
  run: async (context, { args, options }) => {
    const connection = await context.connect();
    const symbol = textOption(options, 'symbol');
    const version = args[0] ?? (await liveVersion(connection));
    const importance = await connection.ml.call(routes.importance, { params: { version }, query: { symbol } });
    printResult(context, importance, () => importanceReport(importance, symbol));
  },
};

async function liveVersion({ ml }: Connection): Promise<string> {
  const { live } = await ml.call(routes.models);
  if (live !== null) return live;
  throw new DayTradeError('model.none-live', 'no model is live: train one, or name a version');
}

const promote = command(routes.promote, {
  usage: 'promote <version>',
  summary: 'make a model version live',
  description: `Makes a registered version live. The next prediction names it; the log of activations keeps what was
live before. A version whose file is damaged or missing is refused, and so is one that was trained on other bars than
those in use: synthetic or real.`,
  examples: ['daytrade models promote m20261124-0001-1a2b3c4d'],
  text: ({ model: { version }, previous }) =>
    previous === version
      ? say`${version} was live already.`
      : say`${version} is live; before it: ${previous ?? say`none`}`,
});

const rollback = command(routes.rollBack, {
  usage: 'rollback',
  summary: 'return to the model that was live before',
  description: `Makes the version live that was live before the present one. Rolling back again goes further back.
Versions whose file is damaged or missing, or that were trained on other bars than those in use (synthetic or real), are
skipped and named.`,
  examples: ['daytrade models rollback'],
  text: ({ model, previous, passedOver }) =>
    [
      say`${model.version} is live again; before: ${previous ?? say`none`}`,
      ...passedOver.map(({ reason }) => `  ${say`passed over: ${reason}`}`),
    ].join('\n'),
});

export const modelsGroup: CommandGroup = {
  name: 'models',
  summary: 'the model registry',
  commands: [list, show, explain, promote, rollback],
};

/** Rows of each table; features below these have next to no effect. */
const shown = 15;

const demotion =
  'The ensemble is demoted: the EWMA interval around the last close is published, and this is what the ensemble ' +
  'would forecast.';

/**
 * Reports the features with an effect on a model's forecasts, and one forecast as a sum.
 *
 * @param asked the symbol whose forecast was asked for
 */
export function importanceReport(importance: Importance, asked?: string): string {
  const { version, synthetic, lastSession, symbols, forecast } = importance;
  const heading = `${syntheticMark(synthetic)}${say`${version}: forecasts of ${symbols} symbols after ${lastSession}`}`;
  return [
    heading,
    ...(importance.demoted ? [say(demotion)] : []),
    featureTable(importance),
    ...(forecast === null ? [] : [forecastTable(forecast)]),
    ...(forecast !== null || asked === undefined
      ? []
      : [say`${asked} has no forecast after ${lastSession}: it has no bar there.`]),
  ].join('\n\n');
}

const meaning =
  "Mean size of a feature's effect on a forecast; gain is its share in the splits of the trees, without the " +
  'regressions.';

function featureTable({ features }: Importance): string {
  const rows = table(features.slice(0, shown), {
    feature: ({ name }) => name,
    width: right(({ logScale }) => percent(logScale)),
    centre: right(({ centreBp }) => `${centreBp.toFixed(2)} bp`),
    'gain, width': right(({ scaleGain }) => percent(scaleGain)),
    'gain, centre': right(({ centreGain }) => percent(centreGain)),
    'what it is': ({ description }) => translated(description),
  });
  return `${rows}\n${say(meaning)}`;
}

function forecastTable(forecast: ForecastExplanation): string {
  const parts = forecast.contributions.toSorted((a, b) => Math.abs(b.logScale) - Math.abs(a.logScale));
  const rest = parts.slice(shown);
  const sum = (of: 'centreBp' | 'logScale') => rest.reduce((total, part) => total + part[of], 0);
  const row = (name: string, logScale: number, centreBp: number) => [name, signed(100 * logScale), signed(centreBp)];
  const rows = [
    row(say`nothing known`, forecast.logScaleBase, forecast.centreBaseBp),
    ...parts.slice(0, shown).map(({ name, logScale, centreBp }) => row(name, logScale, centreBp)),
    row(say`${rest.length} others`, sum('logScale'), sum('centreBp')),
    row(say`together`, forecast.logScaleTotal, forecast.centreTotalBp),
  ];
  return table(rows, {
    [forecast.symbol]: ([name]) => name,
    'ln width x 100': right(([, logScale]) => logScale),
    'centre bp': right(([, , centreBp]) => centreBp),
  });
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`;
}
