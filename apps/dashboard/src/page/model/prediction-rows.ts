import type { Prediction, Selection } from '@daytrade/contracts';
import { englishCompany } from '../i18n/names.ts';

/** A prediction with what the table shows beside it. Shares are of the last close. */
export interface PredictionRow {
  readonly prediction: Prediction;
  /** Its rank among the selected symbols, 1 the best; null when it is not selected. */
  readonly rank: number | null;
  readonly lowerMove: number;
  /** null where no skill in the direction was measured. */
  readonly centreMove: number | null;
  readonly upperMove: number;
  /** Upper minus lower. */
  readonly width: number;
}

/** Rows of the table, with the rank of the symbols that the selection picked. */
export function predictionRows(
  predictions: readonly Prediction[],
  selected: readonly Pick<Selection['symbols'][number], 'symbol' | 'rank'>[],
): readonly PredictionRow[] {
  const ranks = new Map(selected.map(({ symbol, rank }) => [symbol, rank]));
  return predictions.map((prediction) => {
    const { lastClose, lower, centre, upper } = prediction;
    return {
      prediction,
      rank: ranks.get(prediction.symbol) ?? null,
      lowerMove: lower / lastClose - 1,
      centreMove: centre === null ? null : centre / lastClose - 1,
      upperMove: upper / lastClose - 1,
      width: (upper - lower) / lastClose,
    };
  });
}

/** The prices of a prediction, which are read together. */
export function pricesOf({ lastClose, lower, centre, upper }: Prediction): readonly (number | null)[] {
  return [lastClose, lower, centre, upper];
}

/** A row of which symbol is known, and whether it was selected. */
interface NamedRow {
  readonly prediction: Pick<Prediction, 'symbol' | 'name'>;
  readonly rank: number | null;
}

/** The rows whose code or name holds every word of the query, without regard to case and width of characters. */
export function filterRows<Row extends NamedRow>(
  rows: readonly Row[],
  query: string,
  onlySelected: boolean,
): readonly Row[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return rows.filter(({ prediction, rank }) => {
    if (onlySelected && rank === null) return false;
    const place = fold(`${prediction.symbol} ${prediction.name} ${englishCompany(prediction.name) ?? ''}`);
    return words.every((word) => place.includes(word));
  });
}

function fold(words: string): string {
  return words.normalize('NFKC').toLowerCase();
}

/**
 * The half width of the axis that all rows share, as a share of the price in its middle and a whole number of percent:
 * wide enough for nine rows in ten, so that one wild symbol does not flatten the rest (its bar is cut off).
 */
export function axisExtent(rows: readonly Pick<PredictionRow, 'lowerMove' | 'upperMove'>[]): number {
  const reaches = rows.map((row) => Math.max(-row.lowerMove, row.upperMove)).sort((a, b) => a - b);
  const reach = reaches[Math.floor((reaches.length - 1) * 0.9)] ?? 0.04;
  return Math.max(1, Math.ceil(reach * 110)) / 100;
}

/** Where a move stands on the shared axis: 0 the left end, 50 the last close, 100 the right end. */
export function axisPosition(move: number, extent: number): number {
  return Math.min(100, Math.max(0, 50 + (move / extent) * 50));
}
