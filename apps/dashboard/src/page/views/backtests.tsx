import type { BacktestRequest, BacktestResult, Run } from '@daytrade/contracts';
import { urlOf } from '@daytrade/contracts/addresses';
import { signal } from '@preact/signals';
import { addresses } from '../api/addresses.ts';
import { ask, needsToken } from '../api/request.ts';
import { useWatched } from '../api/resource.ts';
import { backtests, runById, strategies } from '../api/services.ts';
import { CurvePanel } from '../charts/curve-panel.tsx';
import { codeLabel } from '../i18n/codes.ts';
import { language, text } from '../i18n/language.ts';
import { count, decimal, percent, signedPercent, signedYen } from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { ActionNotes, action } from '../parts/controls.tsx';
import { Loaded } from '../parts/layout.tsx';
import { Badge, SyntheticMark, TwoLines } from '../parts/notes.tsx';
import { type Column, figure, LoadedTable, TablePanel } from '../parts/table.tsx';
import { japanToday } from '../shell/clock.ts';
import { toggled } from '../shell/watch-list.ts';
import { RunProgress, RunStatusBadge } from './runs.tsx';

type Asked = Pick<BacktestRequest, 'strategy' | 'from' | 'to'>;

const starting = action<Asked>(
  ({ strategy }) => ({ title: text('backtest.start'), explanation: strategy, action: text('backtest.start') }),
  async (request) => {
    await ask('startBacktest', { body: request });
    return () => text('backtest.started', { strategy: request.strategy });
  },
  [backtests],
);

/** The letter of each compared backtest in table and chart, and the look of its curve. */
const marks = [
  { mark: 'A', colour: 'line1', stroke: 'thick' },
  { mark: 'B', colour: 'line2', stroke: 'thin' },
  { mark: 'C', colour: 'line3', stroke: 'dashed' },
] as const;

/** The runs that are compared, the one chosen last at the end. */
const compared = signal<readonly string[]>([]);

function turnCompared(id: string): void {
  compared.value = toggled(compared.value, id).slice(-marks.length);
}

/** Starts backtests, lists those that were started, and compares their results. */
export function Backtests() {
  return (
    <>
      <ActionNotes of={starting} />
      <LoadedTable
        title={text('backtest.title')}
        aside={<span class="quiet">{text('backtest.note')}</span>}
        from={backtests}
        above={() => <StartForm />}
        columns={runColumns}
        rows={(body) => body.runs}
        rowKey={({ id }) => id}
        empty={['backtest.empty']}
      />
      {compared.value.length === 0 ? null : <Comparison ids={compared.value} />}
    </>
  );
}

/** Asks for strategy and days. Everything else is as the command `daytrade backtest` has it by itself. */
function StartForm() {
  const start = (form: FormData) => {
    // A day that is not chosen is empty.
    const chosen = Object.fromEntries([...form].filter(([, value]) => value !== ''));
    void starting.carryOut(chosen as unknown as Asked);
  };
  return (
    <Loaded from={strategies} lines={1}>
      {(list) => (
        <form
          class="toolbar"
          onSubmit={(event) => {
            event.preventDefault();
            start(new FormData(event.currentTarget));
          }}
        >
          <select name="strategy" aria-label={text('view.strategy')}>
            {list.strategies
              .filter(({ fault }) => fault === null)
              .map(({ name }) => (
                <option key={name} lang="en">
                  {name}
                </option>
              ))}
          </select>
          {(['from', 'to'] as const).map((name) => (
            <label key={name}>
              {text(`backtest.${name}`)} <input type="date" name={name} max={japanToday.value} />
            </label>
          ))}
          <button type="submit" class="button primary">
            {text('backtest.start')}
          </button>
        </form>
      )}
    </Loaded>
  );
}

const payloadStrategy = (payload: Run['payload']) => (payload as Asked).strategy;

const runColumns: readonly Column<Run>[] = [
  {
    header: 'backtest.compare',
    align: 'center',
    cell: ({ id, status, payload }) => (
      <input
        type="checkbox"
        aria-label={`${text('backtest.compare')}: ${payloadStrategy(payload)}, ${id}`}
        disabled={status !== 'succeeded'}
        checked={compared.value.includes(id)}
        onChange={() => turnCompared(id)}
      />
    ),
  },
  {
    header: 'view.strategy',
    cell: ({ payload, queuedAt }) => (
      <TwoLines first={<code>{payloadStrategy(payload)}</code>} second={japanInstant(queuedAt, japanToday.value)} />
    ),
  },
  { header: 'column.status', cell: ({ status }) => <RunStatusBadge status={status} /> },
  {
    header: 'column.progress',
    cell: (run) => (run.status === 'succeeded' ? <SheetLink run={run} /> : <RunProgress run={run} />),
  },
];

/** Leads to the tear sheet, unless the browser would have to send a token along. */
function SheetLink({ run: { id } }: { readonly run: Run }) {
  if (needsToken()) return null;
  const path = urlOf(addresses.tearSheet, { params: { id }, query: { language: language.value } });
  return (
    <a href={`/api/ml${path}`} target="_blank" rel="noopener">
      {text('backtest.sheet')}
    </a>
  );
}

type Ended = (typeof marks)[number] & { readonly result: BacktestResult };

const hundredths = (value: number) => decimal(value, 2);

const endedColumns: readonly Column<Ended>[] = [
  {
    header: 'view.strategy',
    cell: ({ mark, result: { strategy, from, to, synthetic } }) => (
      <>
        <TwoLines first={<code>{`${mark} ${strategy}`}</code>} second={`${from} – ${to}`} />
        {synthetic ? <SyntheticMark /> : null}
      </>
    ),
  },
  {
    header: 'backtest.verdict',
    cell: ({ result: { verdict } }) => (
      <Badge tone={verdict === 'loses' ? 'bad' : 'plain'} label={codeLabel(verdict)} />
    ),
  },
  {
    header: 'paper.net',
    align: 'right',
    sortBy: ({ result }) => result.net.profit,
    cell: ({ result: { net } }) => <TwoLines first={signedYen(net.profit)} second={signedPercent(net.return)} />,
  },
  figure('backtest.sharpe', ({ result }) => result.net.sharpe.value, hundredths, { priority: 2 }),
  figure('backtest.deflated', ({ result }) => result.deflatedSharpe, percent, { priority: 2 }),
  figure('paper.drawdown.largest', ({ result }) => result.net.maxDrawdown, percent, { priority: 2 }),
  figure('backtest.trades', ({ result }) => result.trades, count, { priority: 2 }),
  figure('paper.costs', ({ result }) => Math.round(result.costs.total), count, { priority: 3 }),
];

/** The results of some backtests side by side, with their equity after costs. */
function Comparison({ ids }: { readonly ids: readonly string[] }) {
  const runs = ids.map((id) => runById(id));
  useWatched(...runs);
  const ended: readonly Ended[] = runs.flatMap(({ body }, index) => {
    const result = body.value?.run.result as BacktestResult | null | undefined;
    return result ? [{ ...marks[index]!, result }] : [];
  });
  if (ended.length === 0) return null;
  return (
    <>
      <TablePanel title={text('backtest.compared')} columns={endedColumns} rows={ended} rowKey={({ mark }) => mark} />
      <CurvePanel
        title={text('backtest.curves')}
        note={text('paper.equity.note')}
        curves={ended.map(({ mark, result, ...look }) => ({
          name: `${mark} ${result.strategy}`,
          points: result.curve.map(({ session, net }) => ({ session, value: net })),
          ...look,
        }))}
        format={(value) => count(value)}
      />
    </>
  );
}
