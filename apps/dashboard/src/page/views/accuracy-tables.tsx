import type { Accuracy, Evaluation, ReportEntry, SymbolAccuracy } from '@daytrade/contracts';
import { urlOf } from '@daytrade/contracts/addresses';
import { symbolCoverageBounds } from '@daytrade/contracts/objective';
import { signal } from '@preact/signals';
import { addresses } from '../api/addresses.ts';
import { needsToken, type PageProblem, RequestProblem, requestText } from '../api/request.ts';
import { reports } from '../api/services.ts';
import { forecastTimeLabel } from '../i18n/forecasts.ts';
import { language, text, textOf } from '../i18n/language.ts';
import { basisPoints, count, decimal, missing, percent } from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { CoverageGauge } from '../parts/graphics.tsx';
import { Badge, ProblemNote, TwoLines } from '../parts/notes.tsx';
import { type Column, figure, LoadedTable, symbolColumns, TablePanel } from '../parts/table.tsx';

interface Judged {
  readonly evaluation: Evaluation;
}

type Objective = Evaluation['objective'][number];

const objectiveColumns: readonly Column<Objective>[] = [
  {
    header: 'column.objective',
    cell: ({ name, window, low, high }) => (
      <TwoLines
        first={textOf(`objective.${name}`, window)}
        second={high >= 1 ? `≥ ${percent(low)}` : `${decimal(low * 100, 1)}–${percent(high)}`}
      />
    ),
  },
  {
    header: 'column.windows',
    align: 'right',
    cell: ({ lowest = null, highest = null }) =>
      lowest === null ? missing : `${percent(lowest)} – ${percent(highest)}`,
  },
  {
    header: 'column.held',
    cell: ({ held, onBreach }) => {
      if (held === null) return <span class="quiet">{text('accuracy.unknown')}</span>;
      if (held) return <Badge tone="good" label={text('accuracy.held')} />;
      return <Badge tone="bad" label={`${text('accuracy.missed')} · ${text(`breach.${onBreach}`)}`} />;
    },
  },
];

/** The objectives of the platform, and if they are held. */
export function ObjectiveTable({ evaluation }: Judged) {
  return (
    <TablePanel
      title={text('accuracy.objectives.title')}
      columns={objectiveColumns}
      rows={evaluation.objective}
      rowKey={({ name, window }) => `${name} ${window}`}
    />
  );
}

type Bucket = NonNullable<Evaluation['buckets']>[number];

const bucketColumns: readonly Column<Bucket>[] = [
  {
    header: 'column.bucket',
    cell: ({ group, bucket }) => (
      <TwoLines first={textOf(`bucket.${bucket}`, bucket)} second={textOf(`bucket.${group}`, group)} />
    ),
  },
  { header: 'column.symbolDays', align: 'right', cell: ({ symbolDays }) => count(symbolDays) },
  { header: 'column.coverage', align: 'right', cell: ({ coverage }) => percent(coverage) },
  { header: 'column.winkler', align: 'right', priority: 3, cell: ({ winklerBp }) => basisPoints(winklerBp) },
];

/** Coverage by opening gap, market move, volatility and results: the mean hides these. */
export function BucketTable({ buckets = [] }: Pick<Evaluation, 'buckets'>) {
  if (buckets.length === 0) return null;
  return (
    <TablePanel
      title={text('accuracy.buckets.title')}
      columns={bucketColumns}
      rows={buckets}
      rowKey={({ group, bucket }) => `${group} ${bucket}`}
    />
  );
}

/** Coverage, width and score of each symbol. */
export function SymbolTable({ evaluation: { bySymbol, targetCoverage } }: Judged) {
  const second = { priority: 2 } as const;
  const columns: readonly Column<SymbolAccuracy>[] = [
    ...symbolColumns<SymbolAccuracy>((row) => row),
    figure('column.coverage', ({ coverage }) => coverage, percent),
    {
      header: 'column.gauge',
      ...second,
      cell: ({ coverage }) => <CoverageGauge value={coverage} target={targetCoverage} {...symbolCoverageBounds} />,
    },
    figure('column.coverage60', ({ rolling60 }) => rolling60.last, percent),
    figure('column.coverage250', ({ rolling250 }) => rolling250.last, percent),
    figure('column.meanWidth', ({ meanWidthBp }) => meanWidthBp, basisPoints, second),
    figure('column.winkler', ({ winklerBp }) => winklerBp, basisPoints, second),
    figure('column.hitRate', ({ hitRate }) => hitRate, percent, second),
    figure('column.days', ({ days }) => days, count, { priority: 3 }),
  ];
  return (
    <TablePanel
      title={text('accuracy.symbols.title')}
      columns={columns}
      rows={bySymbol}
      rowKey={({ symbol }) => symbol}
      sort={{ column: 'coverage', descending: false }}
    />
  );
}

type Horizon = Accuracy['liveByHorizon'][number];

const insideLabel = ({ inside, judged }: { readonly inside: number; readonly judged: number }) =>
  `${count(inside)} / ${count(judged)}`;

const horizonColumns: readonly Column<Horizon>[] = [
  { header: 'inDay.time', cell: ({ horizon }) => forecastTimeLabel(horizon) },
  figure('column.coverage', ({ coverage }) => coverage, percent),
  { header: 'reports.inside', align: 'right', sortBy: ({ judged }) => judged, cell: insideLabel },
  figure('column.meanWidth', ({ meanWidthBp }) => meanWidthBp, basisPoints),
];

/** The record of the published intervals by their time of the day. */
export function HorizonTable({ liveByHorizon }: Pick<Accuracy, 'liveByHorizon'>) {
  const sessions = liveByHorizon
    .flatMap(({ firstSession, lastSession }) => [firstSession, lastSession])
    .filter((session) => session !== null)
    .sort();
  const note = text('accuracy.horizons.note', { times: liveByHorizon.length - 1 });
  return (
    <TablePanel
      title={text('accuracy.horizons.title')}
      aside={sessions.length === 0 ? undefined : <span class="quiet">{`${sessions[0]} – ${sessions.at(-1)}`}</span>}
      columns={horizonColumns}
      rows={liveByHorizon}
      rowKey={({ horizon }) => horizon}
      empty={['accuracy.horizons.empty']}
      below={liveByHorizon.length === 0 ? null : <p class="note">{note}</p>}
    />
  );
}

const reportColumns: readonly Column<ReportEntry>[] = [
  { header: 'column.session', cell: (entry) => <ReportLink entry={entry} /> },
  {
    header: 'column.coverage',
    align: 'right',
    cell: ({ inside, judged }) => percent(judged === 0 ? null : inside / judged),
  },
  { header: 'reports.inside', align: 'right', cell: insideLabel },
  { header: 'reports.published', align: 'right', priority: 2, cell: ({ published }) => count(published) },
  { header: 'reports.made', priority: 2, cell: ({ madeAt }) => japanInstant(madeAt) },
];

const saveProblem = signal<PageProblem | undefined>(undefined);

/** The daily reports, newest first. Each opens as a page of its own. */
export function ReportPanel() {
  const problem = saveProblem.value;
  return (
    <LoadedTable
      title={text('reports.title')}
      from={reports}
      above={() => (problem === undefined ? null : <ProblemNote problem={problem} />)}
      columns={reportColumns}
      rows={(body) => body.reports}
      rowKey={({ session, revision }) => `${session} ${revision}`}
      empty={['reports.empty', 'daytrade jobs run report']}
    />
  );
}

function ReportLink({ entry: { session, revision, superseded } }: { readonly entry: ReportEntry }) {
  const query = { revision, language: language.value };
  const path = `/ml${urlOf(addresses.report, { params: { session }, query })}`;
  return (
    <>
      {needsToken() ? (
        <button type="button" class="button small" onClick={() => void save(path, session)}>
          {session}
        </button>
      ) : (
        <a href={`/api${path}`} target="_blank" rel="noopener">
          {session}
        </a>
      )}{' '}
      {superseded ? <small class="quiet">{text('reports.superseded', { revision })}</small> : null}
    </>
  );
}

/** Saves a report as a file. A link sends no token, so the page fetches the report itself. */
async function save(path: string, session: string): Promise<void> {
  try {
    const address = URL.createObjectURL(new Blob([await requestText(path)], { type: 'text/html' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `day-trade-report-${session}.html`;
    link.click();
    URL.revokeObjectURL(address);
    saveProblem.value = undefined;
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    saveProblem.value = error.problem;
  }
}
