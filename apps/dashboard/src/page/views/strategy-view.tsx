import type { PaperBookState, PaperSettings } from '@daytrade/contracts';
import { ask } from '../api/request.ts';
import { paperBook, paperOrders, showBook } from '../api/services.ts';
import { ChartCredit } from '../charts/chart.tsx';
import { CurvePanel } from '../charts/curve-panel.tsx';
import { text } from '../i18n/language.ts';
import { profitVerdict } from '../model/curves.ts';
import { count, percent, signedPercent, signedYen, yen } from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { ActionNotes, action } from '../parts/controls.tsx';
import { Loaded, Panel, Strip, ViewHead } from '../parts/layout.tsx';
import { Badge, EmptyNote, SyntheticMark } from '../parts/notes.tsx';
import { japanToday } from '../shell/clock.ts';
import { Backtests } from './backtests.tsx';
import { DecisionPanel, OrderPanel, PaperReason, PositionPanel } from './book-tables.tsx';

const startCommand = 'daytrade paper start --strategy gap-fade';

/** The name of the page in the log of the paper book. */
const by = 'page';

const halting = action<'halt' | 'release'>(
  (kind) => ({
    title: text(`paper.${kind}.confirm`),
    explanation:
      kind === 'halt'
        ? text('paper.halt.text', { orders: paperBook.body.value?.openOrders ?? 0 })
        : text('paper.release.text'),
    action: text(`paper.${kind}`),
  }),
  async (kind) => {
    const book = paperBook.body.value?.book ?? undefined;
    if (kind === 'release') {
      await ask('releasePaper', { body: { by, book, confirm: true } });
      return () => text('paper.release.done');
    }
    const { cancelled: orders } = await ask('haltPaper', { body: { by, book } });
    return () => text('paper.halt.done', { orders });
  },
  [paperBook, paperOrders],
);

/** The paper book of a strategy with its result after costs and the halt, and the backtests. */
export function StrategyView() {
  return (
    <>
      <ViewHead title={text('view.strategy.title')} note={text('paper.only')} freshness={paperBook} />
      <ActionNotes of={halting} />
      <Loaded from={paperBook} lines={10}>
        {(book) =>
          book.settings === null ? (
            <EmptyNote message={text('paper.empty')} commands={[startCommand]} />
          ) : (
            <>
              <Book book={book} settings={book.settings} />
              {book.running ? null : <EmptyNote message={text('paper.again')} commands={[startCommand]} />}
            </>
          )
        }
      </Loaded>
      <Backtests />
    </>
  );
}

interface BookProps {
  readonly book: PaperBookState;
  readonly settings: PaperSettings;
}

function Book({ book, settings }: BookProps) {
  const { curve, halted, running } = book;
  return (
    <>
      <StateBar book={book} settings={settings} />
      {running && halted !== null ? (
        <p class="over-note" role="status">
          <strong>{text('paper.halted')}</strong>{' '}
          {text('paper.since', { when: japanInstant(halted.at, japanToday.value) })} <Author name={halted.by} /> ·{' '}
          <PaperReason reason={halted.reason} />
        </p>
      ) : null}
      <Verdict book={book} settings={settings} />
      <BookFigures book={book} settings={settings} />
      <div class="grid-strategy">
        <EquityChart curve={curve} cash={settings.cash} />
        <PositionPanel positions={book.positions} />
        <DecisionPanel sessions={book.sessions} />
        <OrderPanel />
      </div>
      {curve.length === 0 ? null : <ChartCredit />}
    </>
  );
}

function StateBar({ book: { book: name, books, running, halted }, settings: { strategy, synthetic } }: BookProps) {
  const kind = halted === null ? 'halt' : 'release';
  const [tone, state] = bookStatus({ running, halted });
  return (
    <div class="toolbar">
      {books.length < 2 ? (
        <code>{strategy}</code>
      ) : (
        <select aria-label={text('paper.book')} onChange={(event) => showBook(event.currentTarget.value)}>
          {books.map((bookState) => (
            <option key={bookState.book} value={bookState.book} selected={bookState.book === name} lang="en">
              {`${bookState.strategy} (${bookState.book})`}
            </option>
          ))}
        </select>
      )}
      <Badge tone={tone} label={text(state)} />
      {synthetic ? <SyntheticMark /> : null}
      {running ? (
        <button type="button" class="button primary" onClick={() => halting.ask(kind)}>
          {text(`paper.${kind}`)}
        </button>
      ) : null}
    </div>
  );
}

function bookStatus({ running, halted }: Pick<PaperBookState, 'running' | 'halted'>) {
  if (!running) return ['plain', 'paper.stopped'] as const;
  return halted === null ? (['live', 'paper.running'] as const) : (['bad', 'paper.state.halted'] as const);
}

/** The result after costs, and the session that is not settled. */
function Verdict({ book, settings: { cash } }: BookProps) {
  const { soFar: valuation, unsettled, curve } = book;
  const { net, verdict } = profitVerdict(book, cash);
  return (
    <div class="over-note" role="status">
      <p>
        <strong>
          {verdict === 'unsettled'
            ? text('paper.verdict.unsettled')
            : text(`paper.verdict.${verdict}`, { net: signedYen(net), sessions: curve.length })}
        </strong>
      </p>
      {valuation === null ? null : (
        <p>
          {text('paper.soFar', {
            session: valuation.session,
            equity: yen(valuation.equity, 0),
            when: japanInstant(valuation.at, valuation.session),
          })}
        </p>
      )}
      {unsettled === null || valuation !== null ? null : <p>{text('paper.unsettled', { session: unsettled })}</p>}
    </div>
  );
}

function BookFigures({ book, settings: { cash } }: BookProps) {
  const { net } = profitVerdict(book, cash);
  const unit = text('paper.yen');
  return (
    <Strip
      figures={[
        {
          label: text('paper.equity'),
          value: yen(book.equity, 0),
          unit,
          note: text('paper.settled', { sessions: book.curve.length }),
        },
        { label: text('paper.net'), value: signedYen(net), unit, note: signedPercent(net / cash, 2) },
        { label: text('paper.costs'), value: yen(book.costs, 0), unit },
        { label: text('paper.drawdown.largest'), value: percent(book.maxDrawdown) },
        { label: text('paper.cash'), value: yen(book.cash, 0), unit },
        { label: text('paper.open'), value: count(book.openOrders) },
      ]}
    />
  );
}

type CurveProps = Pick<PaperBookState, 'curve'> & Pick<PaperSettings, 'cash'>;

/** Equity at each close beside the cash at the start. */
function EquityChart({ curve, cash }: CurveProps) {
  if (curve.length === 0) {
    return (
      <Panel title={text('paper.equity')}>
        <p class="quiet">{text('paper.noCurve')}</p>
      </Panel>
    );
  }
  const levels = (value: (equity: number) => number) =>
    curve.map(({ session, equity }) => ({ session, value: value(equity) }));
  return (
    <CurvePanel
      title={text('paper.equity')}
      note={text('paper.equity.note')}
      curves={[
        { name: text('paper.equity'), points: levels((equity) => equity), colour: 'line1', stroke: 'thick' },
        { name: text('paper.begun'), points: levels(() => cash), colour: 'line3', stroke: 'dashed' },
      ]}
      format={(value) => yen(value, 0)}
    />
  );
}

/** The author of a change: this page, the job of the session, or the name of a person. */
function Author({ name }: { readonly name: string }) {
  if (name === by) return <>{text('paper.by.page')}</>;
  if (name === 'paper-session') return <>{text('paper.by.job')}</>;
  return <span lang="en">{name}</span>;
}
