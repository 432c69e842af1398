import type { Prediction, Selection } from '@daytrade/contracts';
import { englishCompany } from '../i18n/names.ts';

/** A prediction with the figures of its row. Moves and width are shares of the last close. */
export interface PredictionRow {
  readonly prediction: Prediction;
  /** Its rank among the selected symbols, 1 the best; null if it is not selected. */
  readonly rank: number | null;
  readonly lowerMove: number;
  /** Null where no skill in the direction was measured. */
  readonly centreMove: number | null;
  readonly upperMove: number;
  /** Upper minus lower. */
  readonly width: number;
}

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

/** Returns the prices of a prediction, which share their decimals. */
export function predictionPrices({ lastClose, lower, centre, upper }: Prediction): readonly (number | null)[] {
  return [lastClose, lower, centre, upper];
}

/** The part of a row that a filter needs. */
export interface NamedRow {
  readonly prediction: Pick<Prediction, 'symbol' | 'name' | 'synthetic'>;
  readonly rank: number | null;
}

/** Returns the rows whose code or name has all words of the query, whatever their case and width of characters. */
export function filterRows<Row extends NamedRow>(rows: readonly Row[], query: string): readonly Row[] {
  const words = splitWords(query);
  return rows.filter(({ prediction }) => isNamed(prediction, words));
}

type Named = Pick<Prediction, 'symbol' | 'name'>;

/** Returns the symbol of the very code, else the first one whose code begins so, else the first with all the words. */
export function findSymbol<Found extends Named>(symbols: readonly Found[], query: string): Found | undefined {
  const words = splitWords(query);
  const [code = ''] = words;
  if (code === '') return undefined;
  const foldCode = ({ symbol }: Named) => fold(symbol);
  return (
    symbols.find((entry) => foldCode(entry) === code) ??
    symbols.find((entry) => foldCode(entry).startsWith(code)) ??
    symbols.find((entry) => isNamed(entry, words))
  );
}

function splitWords(query: string): readonly string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}

function isNamed({ symbol, name }: Named, words: readonly string[]): boolean {
  const place = fold(`${symbol} ${name} ${englishCompany(name) ?? ''}`);
  return words.every((word) => place.includes(word));
}

function fold(words: string): string {
  return words.normalize('NFKC').toLowerCase();
}

/** The place of results relative to the session of a forecast. */
export type ResultsPlace = 'afterClose' | 'today.afterClose' | 'onDay' | 'inSession';

/** Returns the place of the results beside a prediction, undefined where none are known. */
export function resultsPlace(
  { announcement, session }: Pick<Prediction, 'announcement' | 'session'>,
  today: string,
): ResultsPlace | undefined {
  if (!announcement) return undefined;
  if (announcement.date === session) return announcement.time === null ? 'onDay' : 'inSession';
  return announcement.date === today ? 'today.afterClose' : 'afterClose';
}

/** Returns the earnings date and, where it is known, the time. */
export function formatAnnouncementTime({
  date,
  time,
}: {
  readonly date: string;
  readonly time: string | null;
}): string {
  return time === null ? date : `${date} ${time}`;
}
