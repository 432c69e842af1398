import type { PaperBookState } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { count, percent, signedPercent, signedYen, yen } from '../../model/format.ts';
import { verdictOf } from '../../model/paper-curves.ts';
import { StripFigure } from '../../parts/strip-figure.tsx';

/** What a book is worth in yen, and what it cost to get there. */
export function BookFigures({ book, cash }: { readonly book: PaperBookState; readonly cash: number }) {
  const { net } = verdictOf(book, cash);
  return (
    <div class="strip">
      <StripFigure
        label={text('paper.equity')}
        value={yen(book.equity, 0)}
        unit={text('paper.yen')}
        note={text('paper.settled', { sessions: book.curve.length })}
      />
      <StripFigure
        label={text('paper.net')}
        value={signedYen(net)}
        unit={text('paper.yen')}
        note={signedPercent(net / cash, 2)}
      />
      <StripFigure label={text('paper.costs')} value={yen(book.costs, 0)} unit={text('paper.yen')} />
      <StripFigure label={text('paper.drawdown.largest')} value={percent(book.maxDrawdown)} />
      <StripFigure label={text('paper.cash')} value={yen(book.cash, 0)} unit={text('paper.yen')} />
      <StripFigure label={text('paper.open')} value={count(book.openOrders)} />
    </div>
  );
}
