import type { PaperOrder, PaperOrderState } from '@daytrade/contracts';
import { paperOrders, shownOrders } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { count, yen } from '../../model/format.ts';
import { shortJapanInstant } from '../../model/japan-time.ts';
import { orderTime } from '../../model/paper-orders.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { japanToday } from '../../shell/clock.ts';
import { PaperReason } from './paper-reason.tsx';
import { symbolColumn } from './symbol-column.tsx';

const tones: Readonly<Record<PaperOrderState, Tone>> = {
  intended: 'plain',
  sent: 'live',
  accepted: 'live',
  filled: 'good',
  refused: 'bad',
  cancelled: 'warn',
  expired: 'plain',
};

/** The orders of the book, newest first, each with what became of it and why. */
export function OrderPanel() {
  const orders = paperOrders.body.value?.orders ?? [];
  return (
    <Panel
      title={text('paper.orders')}
      area="orders"
      aside={
        orders.length < shownOrders ? undefined : (
          <span class="quiet">{text('paper.orders.newest', { shown: orders.length })}</span>
        )
      }
    >
      <Loaded from={paperOrders} lines={4}>
        {({ orders: listed }) =>
          listed.length === 0 ? (
            <EmptyNote message={text('paper.orders.empty')} />
          ) : (
            <DataTable
              caption={text('paper.orders')}
              columns={columns()}
              rows={listed}
              rowKey={({ key }) => key}
              sort={{ column: 'session', descending: true }}
              scrolls
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function columns(): readonly Column<PaperOrder>[] {
  return [
    {
      key: 'session',
      header: text('column.session'),
      sortBy: orderTime,
      cell: ({ session }) => session,
    },
    symbolColumn<PaperOrder>(),
    {
      key: 'order',
      header: text('paper.order'),
      cell: (order) => (
        <span class="two-lines">
          <span>{text(`paper.side.${order.side}`, { shares: count(order.shares) })}</span>
          <small>{terms(order).join(' · ')}</small>
        </span>
      ),
    },
    {
      key: 'filled',
      header: text('paper.filled'),
      align: 'right',
      priority: 2,
      cell: ({ filled, filledAt }) => (
        <span class="two-lines">
          {count(filled)}
          {filledAt === null ? null : <small>{text('paper.filled.at', { price: yen(filledAt) })}</small>}
        </span>
      ),
    },
    {
      key: 'state',
      header: text('paper.state'),
      sortBy: ({ state }) => text(`paper.state.${state}`),
      cell: ({ state, at, reason }) => (
        <span class="two-lines">
          <Badge tone={tones[state]} label={text(`paper.state.${state}`)} />
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
}

/** What an order asks for beside its shares. */
function terms({ type, time, price, stopLoss, takeProfit, closes }: PaperOrder): readonly string[] {
  return [
    price === null ? text(`paper.type.${type}`) : `${text(`paper.type.${type}`)} ${yen(price)}`,
    text(`paper.time.${time}`),
    ...(stopLoss === null ? [] : [text('paper.stopLoss', { price: yen(stopLoss) })]),
    ...(takeProfit === null ? [] : [text('paper.takeProfit', { price: yen(takeProfit) })]),
    ...(closes ? [text('paper.closes')] : []),
  ];
}
