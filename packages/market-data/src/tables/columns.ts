/** Kinds of columns in a file of bars. */
export type ColumnKind =
  | 'date'
  | 'stamp'
  | 'timeOfDay'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'volume'
  | 'adjustedClose'
  | 'adjustmentFactor'
  | 'dividend'
  | 'priceBasis'
  | 'source'
  | 'code'
  | 'name';

/**
 * Names of columns in this platform, pandas, yfinance, J-Quants and Stooq, and in the downloads of Japanese brokers,
 * Yahoo! Finance Japan, 株探 and 株価データサイト, as `nameOfColumn` writes them.
 */
const names: Readonly<Record<ColumnKind, readonly string[]>> = {
  date: ['date', '日付', '日付け', '年月日', '取引日', '営業日', '基準日'],
  stamp: ['timestamp', 'datetime', '日時', 'time'],
  timeOfDay: ['time', '時刻', '時間'],
  open: ['open', '始値', '寄付', '寄値', 'o'],
  high: ['high', '高値', 'h'],
  low: ['low', '安値', 'l'],
  close: ['close', '終値', '引値', 'c', 'price'],
  volume: ['volume', '出来高', '売買高', 'vol', 'vol.', 'vo', 'v'],
  adjustedClose: ['adjclose', 'adjustedclose', 'adjustmentclose', 'adjc', '調整後終値', '調整済終値', '修正後終値'],
  adjustmentFactor: ['adjfactor', 'adjustmentfactor'],
  dividend: ['dividend', 'dividends', '配当', '配当金', '1株配当'],
  priceBasis: ['pricebasis'],
  source: ['source'],
  code: ['symbol', 'code', 'ticker', 'コード', '銘柄コード', '証券コード', '銘柄'],
  name: ['name', 'companyname', '銘柄名', '銘柄名称', '会社名', '名称'],
};

const kinds = Object.entries(names) as readonly (readonly [ColumnKind, readonly string[]])[];

/** A name of a header without case, spaces, units in brackets and the signs that vendors put around it. */
export function nameOfColumn(written: string): string {
  return written
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replaceAll(/[\s_<>*※'"]/g, '');
}

/** Position of each kind of column that a header names, and the names that stand there twice. */
export interface NamedColumns {
  readonly at: ReadonlyMap<ColumnKind, number>;
  readonly twice: readonly string[];
  /** Shares in one unit of the volume: 1,000 where the header says 千株. */
  readonly volumeUnit: number;
  readonly language: 'English' | 'Japanese';
}

/** Recognises the columns of a header; those it does not know are passed over. */
export function namedColumns(header: readonly string[]): NamedColumns {
  const written = header.map(nameOfColumn);
  const at = new Map<ColumnKind, number>();
  const twice: string[] = [];
  const hasDate = written.some((name) => names.date.includes(name));
  for (const [position, name] of written.entries()) {
    const kind = kinds.find(
      ([each, spellings]) => spellings.includes(name) && !(each === 'stamp' && hasDate && name === 'time'),
    );
    if (kind === undefined) continue;
    if (at.has(kind[0])) twice.push(name);
    else at.set(kind[0], position);
  }
  const volume = at.get('volume');
  const isJapanese = [...at.values()].some((position) => /\P{ASCII}/u.test(written[position]!));
  return {
    at,
    twice,
    volumeUnit: volume !== undefined && /千株/.test(header[volume]!) ? 1_000 : 1,
    language: isJapanese ? 'Japanese' : 'English',
  };
}
