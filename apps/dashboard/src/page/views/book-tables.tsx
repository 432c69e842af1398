import type { PaperBookState, PaperOrder, PaperOrderState, PaperPosition } from '@daytrade/contracts';
import { paperOrders, shownOrders } from '../api/services.ts';
import { codeLabel } from '../i18n/codes.ts';
import { findText, text } from '../i18n/language.ts';
import { paperReason } from '../i18n/paper.ts';
import { count, missing, signedYen, yen } from '../model/format.ts';
import { shortJapanInstant } from '../model/japan-time.ts';
import { Badge, type Tone, TwoLines } from '../parts/notes.tsx';
import { type Column, figure, LoadedTable, listedSymbol, TablePanel } from '../parts/table.tsx';
import { japanToday } from '../shell/clock.ts';

const priceLabel = (price: number) => yen(price);

const positionColumns: readonly Column<PaperPosition>[] = [
  listedSymbol,
  figure('paper.held', ({ shares }) => shares, sharesLabel),
  figure('paper.price', ({ price }) => price, priceLabel, { priority: 2 }),
  figure('paper.mark', ({ mark }) => mark, priceLabel),
  figure('paper.profit', ({ profit }) => profit, signedYen),
];

/** Returns shares with a real minus sign for a short position. */
function sharesLabel(shares: number): string {
  return shares < 0 ? `−${count(-shares)}` : count(shares);
}

/** The positions of a book at their newest prices. */
export function PositionPanel({ positions }: Pick<PaperBookState, 'positions'>) {
  return (
    <TablePanel
      title={text('paper.positions')}
      aside={<span class="quiet">{text('paper.positions.note')}</span>}
      columns={positionColumns}
      rows={positions}
      rowKey={({ symbol }) => symbol}
      empty={['paper.positions.empty']}
    />
  );
}

const tones: Readonly<Record<PaperOrderState, Tone>> = {
  intended: 'plain',
  sent: 'live',
  accepted: 'live',
  filled: 'good',
  refused: 'bad',
  cancelled: 'warn',
  expired: 'plain',
};

const orderColumns: readonly Column<PaperOrder>[] = [
  {
    header: 'column.session',
    // The newest session last, and within it the newest change.
    sortBy: ({ session, at }) => `${session} ${at}`,
    cell: ({ session }) => session,
  },
  listedSymbol,
  {
    header: 'paper.order',
    cell: (order) => (
      <TwoLines
        first={text(`paper.side.${order.side}`, { shares: count(order.shares) })}
        second={orderTerms(order).join(' · ')}
      />
    ),
  },
  {
    header: 'paper.filled',
    align: 'right',
    priority: 2,
    cell: ({ filled, filledAt }) => (
      <TwoLines
        first={count(filled)}
        second={filledAt === null ? null : text('paper.filled.at', { price: yen(filledAt) })}
      />
    ),
  },
  {
    header: 'paper.state',
    sortBy: ({ state }) => codeLabel(state),
    cell: ({ state, at, reason }) => (
      <span class="two-lines">
        <Badge tone={tones[state]} label={codeLabel(state)} />
        <small>{shortJapanInstant(at, japanToday.value)}</small>
        {reason === null ? null : (
          <small>
            <PaperReason reason={reason} />
          </small>
        )}
      </span>
    ),
  },
];

/** Returns the terms of an order beside its shares. */
function orderTerms({ type, time, price, stopLoss, takeProfit, closes }: PaperOrder): readonly string[] {
  return [
    price === null ? codeLabel(type) : `${codeLabel(type)} ${yen(price)}`,
    text(`paper.time.${time}`),
    ...(stopLoss === null ? [] : [text('paper.stopLoss', { price: yen(stopLoss) })]),
    ...(takeProfit === null ? [] : [text('paper.takeProfit', { price: yen(takeProfit) })]),
    ...(closes ? [text('paper.closes')] : []),
  ];
}

/** The orders of the book, newest first, each with its state and the reason of it. */
export function OrderPanel() {
  const shown = paperOrders.body.value?.orders.length ?? 0;
  return (
    <LoadedTable
      title={text('paper.orders')}
      aside={shown < shownOrders ? undefined : <span class="quiet">{text('paper.orders.newest', { shown })}</span>}
      from={paperOrders}
      columns={orderColumns}
      rows={(body) => body.orders}
      rowKey={({ key }) => key}
      sort={{ column: 'session', descending: true }}
      scrolls
      empty={['paper.orders.empty']}
    />
  );
}

type Decision = PaperBookState['sessions'][number];

const decisionColumns: readonly Column<Decision>[] = [
  { header: 'column.session', cell: ({ session }) => session },
  { header: 'paper.orders', align: 'right', cell: ({ orders }) => count(orders) },
  {
    header: 'paper.notSent',
    cell: ({ why, refused }) => {
      const refusals = Object.entries(refused).map(
        ([name, orders]) => `${findText(`paper.refusal.${name}`, name)} ${count(orders)}`,
      );
      if (why === null && refusals.length === 0) return missing;
      return (
        <>
          {why === null ? null : <PaperReason reason={why} />} {refusals.join(', ')}
        </>
      );
    },
  },
];

/** The decisions before each open, newest first, with the reasons of orders that were not sent. */
export function DecisionPanel({ sessions }: Pick<PaperBookState, 'sessions'>) {
  return (
    <TablePanel
      title={text('paper.decisions')}
      columns={decisionColumns}
      rows={sessions}
      rowKey={({ session }) => session}
      empty={['paper.decisions.empty']}
    />
  );
}

/** A reason in the reader's language, or in the words of the person who wrote it. */
export function PaperReason({ reason }: { readonly reason: string }) {
  const { label, quoted } = paperReason(reason);
  return (
    <span class="paper-reason">
      {label}
      {label === '' || quoted === null ? null : ': '}
      {quoted === null ? null : <q lang="en">{quoted}</q>}
    </span>
  );
}
