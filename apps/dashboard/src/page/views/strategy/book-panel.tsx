import type { PaperBookState, PaperSettings } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { missing, yen } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { type Figure, FigureList } from '../../parts/figure-list.tsx';
import { Panel } from '../../parts/panel.tsx';
import { japanToday } from '../../shell/clock.ts';
import { PaperAuthor } from './paper-author.tsx';

interface BookPanelProps {
  readonly book: PaperBookState;
  readonly settings: PaperSettings;
}

/** With what a book was started, and the limits that halt it. */
export function BookPanel({ book, settings }: BookPanelProps) {
  return (
    <Panel title={text('paper.book')} area="book" aside={<span class="quiet">{text('paper.inYen')}</span>}>
      <FigureList figures={[...settingFigures(settings), ...limitFigures(settings), ...timeFigures(book)]} />
    </Panel>
  );
}

function settingFigures({ parameters, account, cash }: PaperSettings): readonly Figure[] {
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [
    { label: text('paper.parameters'), value: given.length === 0 ? missing : <code>{given.join(' ')}</code> },
    { label: text('paper.account'), value: text(`paper.account.${account}`) },
    { label: text('paper.begun'), value: yen(cash, 0) },
  ];
}

function limitFigures({ maxPosition, maxExposure, maxSessionLoss }: PaperSettings): readonly Figure[] {
  return [
    { label: text('paper.maxPosition'), value: yen(maxPosition, 0) },
    { label: text('paper.maxExposure'), value: yen(maxExposure, 0) },
    { label: text('paper.maxSessionLoss'), value: yen(maxSessionLoss, 0) },
  ];
}

function timeFigures({ startedAt, startedBy, stoppedAt }: PaperBookState): readonly Figure[] {
  const started = (
    <>
      {japanInstant(startedAt, japanToday.value)}
      {startedBy === null ? null : (
        <>
          {' · '}
          <PaperAuthor by={startedBy} />
        </>
      )}
    </>
  );
  return [
    { label: text('paper.started'), value: started },
    ...(stoppedAt === null ? [] : [{ label: text('paper.ended'), value: japanInstant(stoppedAt, japanToday.value) }]),
  ];
}
