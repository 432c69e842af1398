import type { Accuracy, Evaluation, ReportEntry, SymbolAccuracy } from '@daytrade/contracts';
import { urlOf } from '@daytrade/contracts/addresses';
import { symbolCoverageBounds } from '@daytrade/contracts/objective';
import { signal } from '@preact/signals';
import { addresses } from '../api/addresses.ts';
import { needsToken, type PageProblem, RequestProblem, requestText } from '../api/request.ts';
import { reports } from '../api/services.ts';
import { forecastTimeLabel } from '../i18n/forecasts.ts';
import { findText, language, text } from '../i18n/language.ts';
import { coverageObjective } from '../model/curves.ts';
import { basisPoints, count, decimal, missing, percent, signedPercent } from '../model/format.ts';
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
        first={findText(`objective.${name}`, window)}
        second={high >= 1 ? `≥ ${percent(low)}` : `${decimal(low * 100, 1)}–${percent(high)}`}
      />
    ),
  },
  {
    header: 'column.windows',
    align: 'right',
    cell: ({ lowest, highest }) => (lowest === null ? missing : `${percent(lowest)} – ${percent(highest)}`),
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

/** A group of judged intervals whose observed coverage stands beside the promised one. */
interface Group {
  readonly name: string;
  /** The rule by which the intervals were grouped. */
  readonly by: string;
  readonly symbolDays: number;
  readonly coverage: number | null;
  readonly winklerBp: number | null;
}

/** Returns all intervals, those of each year, those of each bucket, and the published ones by their time of the day. */
function toGroups({ evaluation, liveByHorizon }: Accuracy): readonly Group[] {
  const published = liveByHorizon.map(({ horizon, judged, coverage }) => ({
    name: forecastTimeLabel(horizon),
    by: text('reliability.published'),
    symbolDays: judged,
    coverage,
    winklerBp: null,
  }));
  if (evaluation === null) return published;
  return [
    { ...evaluation, name: text('reliability.all'), by: text('reliability.reconstructed') },
    ...evaluation.skillByYear.map((yearSkill) => ({
      ...yearSkill,
      name: String(yearSkill.year),
      by: text('reliability.year'),
    })),
    ...evaluation.buckets.map((bucket) => ({
      ...bucket,
      name: findText(`bucket.${bucket.bucket}`, bucket.bucket),
      by: findText(`bucket.${bucket.group}`, bucket.group),
    })),
    ...published,
  ];
}

/** The reliability diagram: the observed coverage of each group of intervals on one axis with the promised one. */
export function ReliabilityPanel({ accuracy }: { readonly accuracy: Accuracy }) {
  const { target, evaluation } = accuracy;
  const { low, high } = evaluation === null ? { low: target, high: target } : coverageObjective(evaluation);
  const coverageDifference = ({ coverage }: Group) => (coverage === null ? null : coverage - target);
  const columns: readonly Column<Group>[] = [
    { header: 'column.bucket', cell: ({ name, by }) => <TwoLines first={name} second={by} /> },
    figure('column.symbolDays', ({ symbolDays }) => symbolDays, count),
    {
      header: 'reliability.axis',
      cell: ({ coverage }) => <CoverageGauge value={coverage} low={low} high={high} target={target} />,
    },
    figure('column.coverage', ({ coverage }) => coverage, percent),
    figure('reliability.difference', coverageDifference, signedPercent, { priority: 2 }),
    figure('column.winkler', ({ winklerBp }) => winklerBp, basisPoints, { priority: 3 }),
  ];
  return (
    <TablePanel
      title={text('reliability.title')}
      columns={columns}
      rows={toGroups(accuracy)}
      rowKey={({ by, name }) => `${by} ${name}`}
      empty={['accuracy.horizons.empty']}
      below={<p class="note">{text('reliability.note', { target: percent(target, 0) })}</p>}
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

const reportColumns: readonly Column<ReportEntry>[] = [
  { header: 'column.session', cell: (entry) => <ReportLink entry={entry} /> },
  {
    header: 'column.coverage',
    align: 'right',
    cell: ({ inside, judged }) => percent(judged === 0 ? null : inside / judged),
  },
  { header: 'reports.inside', align: 'right', cell: ({ inside, judged }) => `${count(inside)} / ${count(judged)}` },
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
