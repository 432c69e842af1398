import type { PaperBookState } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { percent, yen } from '../../model/format.ts';
import { drawdownCurve, equityCurve, startLine } from '../../model/paper-curves.ts';
import { CurvePanel } from '../../parts/curve-panel.tsx';
import { Panel } from '../../parts/panel.tsx';

interface BookCurve {
  readonly curve: PaperBookState['curve'];
  /** Yen at the beginning. */
  readonly cash: number;
}

/** Equity at each close beside the cash at the beginning. */
export function EquityChart({ curve, cash }: BookCurve) {
  if (curve.length === 0) return <NoCurve title={text('paper.equity')} area="equity" />;
  return (
    <CurvePanel
      title={text('paper.equity')}
      note={text('paper.equity.note')}
      area="equity"
      chart={{
        curves: [
          { name: text('paper.equity'), points: equityCurve(curve), colour: 0, stroke: 'thick' },
          { name: text('paper.begun'), points: startLine(curve, cash), colour: 2, stroke: 'dashed' },
        ],
        format: (value) => yen(value, 0),
      }}
    />
  );
}

/** How far each close is below the highest one before it. */
export function DrawdownChart({ curve, cash }: BookCurve) {
  if (curve.length === 0) return null;
  return (
    <CurvePanel
      title={text('paper.drawdown')}
      note={text('paper.drawdown.note')}
      area="drawdown"
      chart={{
        curves: [{ name: text('paper.drawdown'), points: drawdownCurve(curve, cash), colour: 1, stroke: 'thick' }],
        format: (value) => percent(value),
      }}
    />
  );
}

function NoCurve({ title, area }: { readonly title: string; readonly area: string }) {
  return (
    <Panel title={title} area={area}>
      <p class="quiet">{text('paper.noCurve')}</p>
    </Panel>
  );
}
