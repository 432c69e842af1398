import type { PaperBookState } from '@daytrade/contracts';
import type { CurvePoint } from './accuracy-curves.ts';

type Curve = PaperBookState['curve'];

/** Equity at each close. */
export function equityCurve(curve: Curve): readonly CurvePoint[] {
  return curve.map(({ session, equity }) => ({ session, value: equity }));
}

/** The cash at the beginning, as a line to hold the equity against. */
export function startLine(curve: Curve, cash: number): readonly CurvePoint[] {
  return curve.map(({ session }) => ({ session, value: cash }));
}

/** How far each close is below the highest one before it, a share from −1 to 0; the cash at the beginning counts. */
export function drawdownCurve(curve: Curve, cash: number): readonly CurvePoint[] {
  let highest = cash;
  return curve.map(({ session, equity }) => {
    highest = Math.max(highest, equity);
    return { session, value: equity / highest - 1 };
  });
}

/** What may be said of a book after costs. None of it is that a strategy earns. */
export type PaperVerdict = 'unsettled' | 'loses' | 'open';

/** Yen after costs at the newest close, and what that says. */
export function verdictOf(
  { curve, equity }: Pick<PaperBookState, 'curve' | 'equity'>,
  cash: number,
): { readonly net: number; readonly verdict: PaperVerdict } {
  const net = Math.round(equity ?? cash) - Math.round(cash);
  return { net, verdict: curve.length === 0 ? 'unsettled' : net <= 0 ? 'loses' : 'open' };
}
