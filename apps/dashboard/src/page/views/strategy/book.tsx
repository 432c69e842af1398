import type { PaperBookState, PaperSettings } from '@daytrade/contracts';
import { paperFills } from '../../api/services.ts';
import { ChartCredit } from '../../charts/chart-credit.tsx';
import { text } from '../../i18n/language.ts';
import { signedYen, yen } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { verdictOf } from '../../model/paper-curves.ts';
import { Badge } from '../../parts/badge.tsx';
import { SyntheticMark } from '../../parts/synthetic-mark.tsx';
import { BookFigures } from './book-figures.tsx';
import { BookPanel } from './book-panel.tsx';
import { DecisionTable } from './decision-table.tsx';
import { DrawdownChart, EquityChart } from './equity-charts.tsx';
import { HaltNote } from './halt-note.tsx';
import { OrderPanel } from './order-panel.tsx';
import { PositionPanel } from './position-panel.tsx';
import { TradePanel } from './trade-panel.tsx';

interface BookProps {
  readonly book: PaperBookState;
  readonly settings: PaperSettings;
  readonly onAsk: (kind: 'halt' | 'release') => void;
}

/** A book that was started: what it is worth first, then what it did. */
export function Book({ book, settings, onAsk }: BookProps) {
  const { curve } = book;
  return (
    <>
      <StateBar book={book} settings={settings} onAsk={onAsk} />
      <HaltNote halted={book.running ? book.halted : null} />
      <Verdict book={book} cash={settings.cash} />
      <BookFigures book={book} cash={settings.cash} />
      <div class="grid-strategy">
        <EquityChart curve={curve} cash={settings.cash} />
        <BookPanel book={book} settings={settings} />
        <DrawdownChart curve={curve} cash={settings.cash} />
        <PositionPanel positions={book.positions} />
        <TradePanel />
        <OrderPanel />
        <DecisionTable sessions={book.sessions} />
      </div>
      {curve.length === 0 && paperFills.body.value?.fills.length === 0 ? null : <ChartCredit />}
    </>
  );
}

/** What trades, how it stands, and the button that halts it or lets it trade again. */
function StateBar({ book: { running, halted }, settings: { strategy, synthetic }, onAsk }: BookProps) {
  const kind = halted === null ? 'halt' : 'release';
  return (
    <div class="toolbar">
      <code>{strategy}</code>
      {!running ? (
        <Badge tone="plain" label={text('paper.stopped')} />
      ) : halted === null ? (
        <Badge tone="live" label={text('paper.running')} />
      ) : (
        <Badge tone="bad" label={text('paper.state.halted')} />
      )}
      {synthetic ? <SyntheticMark /> : null}
      {running ? (
        <button type="button" class="button primary" onClick={() => onAsk(kind)}>
          {text(`paper.${kind}`)}
        </button>
      ) : null}
    </div>
  );
}

/** Says first whether anything is left after costs, then what is not settled. */
function Verdict({ book, cash }: { readonly book: PaperBookState; readonly cash: number }) {
  const { soFar, unsettled, curve } = book;
  const { net, verdict } = verdictOf(book, cash);
  return (
    <div class="over-note" role="status">
      <p>
        <strong>
          {verdict === 'unsettled'
            ? text('paper.verdict.unsettled')
            : text(`paper.verdict.${verdict}`, { net: signedYen(net), sessions: curve.length })}
        </strong>
      </p>
      {soFar === null ? null : (
        <p>
          {text('paper.soFar', {
            session: soFar.session,
            equity: yen(soFar.equity, 0),
            when: japanInstant(soFar.at, soFar.session),
          })}
        </p>
      )}
      {unsettled === null || soFar !== null ? null : <p>{text('paper.unsettled', { session: unsettled })}</p>}
    </div>
  );
}
