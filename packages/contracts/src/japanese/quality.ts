/** Reasons of the calendar for closed days, in Japanese. */
const closedReasons: Readonly<Record<string, string>> = {
  Saturday: '土曜日',
  Sunday: '日曜日',
  "New Year's Day": '元日',
  'Coming of Age Day': '成人の日',
  'National Foundation Day': '建国記念の日',
  "Emperor's Birthday": '天皇誕生日',
  'Vernal Equinox Day': '春分の日',
  'Showa Day': '昭和の日',
  'Greenery Day': 'みどりの日',
  'Constitution Memorial Day': '憲法記念日',
  "Children's Day": 'こどもの日',
  'Marine Day': '海の日',
  'Mountain Day': '山の日',
  'Respect for the Aged Day': '敬老の日',
  'Autumnal Equinox Day': '秋分の日',
  'Health and Sports Day': 'スポーツの日',
  'National Culture Day': '文化の日',
  'Labor Thanksgiving Day': '勤労感謝の日',
  "Citizen's Holiday": '国民の休日',
  'Holiday (weekday between two holidays)': '国民の休日',
  'Holiday (accession of the Emperor)': '即位の日',
  'Holiday (enthronement ceremony)': '即位礼正殿の儀',
  'System failure of the exchange, halted all day': 'システム障害による終日売買停止',
  'Exchange holiday (year end)': '大納会後の休業日',
  'Exchange holiday (New Year)': '年始の休業日',
};

/** Returns in Japanese why the exchange is closed on a day. */
export function closedReasonInJapanese(reason: string): string {
  const substitute = /^Substitute holiday for (.*)$/.exec(reason)?.[1];
  if (substitute !== undefined) return `振替休日（${closedReasons[substitute] ?? substitute}）`;
  return closedReasons[reason] ?? reason;
}

const fields: Readonly<Record<string, string>> = {
  open: '始値',
  high: '高値',
  low: '安値',
  close: '終値',
  volume: '出来高',
  adjclose: '調整後終値',
  dividend: '配当',
};
const bases: Readonly<Record<string, string>> = {
  'split-adjusted': '分割調整後',
  'fully-adjusted': '分割・配当調整後',
};
const readings: Readonly<Record<string, string>> = {
  'day first': '日が先',
  'month first': '月が先',
  'year first': '年が先',
  'time of Japan': '日本時間',
};

/** Parts of the messages of the quality gate, each with its Japanese. */
const parts: readonly (readonly [english: RegExp, japanese: (...groups: string[]) => string])[] = [
  [/^(\S+): expected (?=.*, got )/, (field) => `${fields[field!] ?? field}: 読み取れません。必要な形式は`],
  [
    /^(\S+): (".*") between semicolons can be read as (\S+) or (\S+); write it without the comma/,
    (field, found, one, other) =>
      `${fields[field!] ?? field}: ${found} は ${one} とも ${other} とも読めます。カンマなしで記入してください`,
  ],
  [
    /^(\S+): asked for (\S+) to (\S+), got (.*)/,
    (field, from, to, found) => `${field}: ${from} から ${to} を要求しましたが、${found} が届きました`,
  ],
  [/^(\S+): another row of (\S+) has other values/, (field, time) => `${field}: ${time} の別の行と値が異なります`],
  [/a number(?=, got )/, () => '数値'],
  [/a code as (.*) or (\S+)(?=, got )/, (codes, last) => `銘柄コード（${codes!.replace(', ', '、')}、${last}）`],
  [/a date that exists, as YYYY-MM-DD(?=, got )/, () => '実在する日付（YYYY-MM-DD）'],
  [/seconds since 1970(?=, got )/, () => '1970 年からの秒数'],
  [/a day from (\S+) to (\S+)(?=, got )/, (from, to) => `${from} から ${to} の日付`],
  [
    /the beginning of a 5-minute bar with its offset to UTC, as (\S+ \S+)(?=, got )/,
    (example) => `UTC との時差付きの 5 分足の開始時刻（例: ${example}）`,
  ],
  [/; write a decimal point in place of the comma$/, () => '。小数点はピリオドで記入してください'],
  [/, got ([^。]*)/, (found) => `、値は ${found}`],
  [
    /^(\S+): (".*") can be read as (.*?); say which by --date-format, as .*$/,
    (field, found, read) =>
      `${field}: ${found} は ${read} と読めます。--date-format で指定するか、YYYY-MM-DD 形式で記入してください`,
  ],
  [
    /^(\S+): (".*") can be read as (.*?); expected .*$/,
    (field, found, read) =>
      `${field}: ${found} は ${read} と読めます。YYYY-MM-DD 形式の日付、または UTC との時差付きの時刻が必要です`,
  ],
  [/ \((day first|month first|year first|time of Japan)\)/g, (reading) => `（${readings[reading!]}）`],
  [/ or (?=\d{4}-\d{2}-\d{2}(?:（| \(UTC\)))/, () => 'または '],
  [
    /expected (\d+) fields as in the header, found (\d+)/,
    (wanted, found) => `見出しは ${wanted} 項目、この行は ${found} 項目です`,
  ],
  [
    /expected prices above 0 and up to ([\d,]+) yen, found open, high, low, close ([^;]+)/,
    (most, found) => `価格は 0 円超 ${most} 円以下が必要です。始値・高値・安値・終値は ${found}`,
  ],
  [/expected a volume of 0 or more, found ([^;]+)/, (found) => `出来高は 0 以上が必要です。値は ${found}`],
  [
    /expected a volume that is a whole number of shares up to ([\d,]+), found ([^;]+)/,
    (most, found) => `出来高は ${most} 株以下の整数が必要です。値は ${found}`,
  ],
  [
    /expected high >= low, found high ([^,;]+), low ([^;]+)/,
    (high, low) => `高値が安値を下回っています。高値 ${high}、安値 ${low}`,
  ],
  [
    /expected (open|close) between low ([^ ]+) and high ([^,]+), found ([^;]+)/g,
    (field, low, high, found) => `${fields[field!]}は安値 ${low} と高値 ${high} の間が必要です。値は ${found}`,
  ],
  [
    /the exchange was closed on (\S+) \((.*?)\)(?=;|$)/,
    (date, reason) => `${date} は休場日です（${closedReasonInJapanese(reason!)}）`,
  ],
  [
    /expected a bar from (\S+) to (\S+) and (\S+) to (\S+) in Japan, found (\S+)/,
    (a, b, c, d, found) => `立会時間（日本時間）は ${a}〜${b} と ${c}〜${d} です。この足は ${found}`,
  ],
  [
    /the session of (\S+) ends at (\S+) in Japan; it was (\S+ \S+) there when the row was read/,
    (date, close, now) => `${date} の立会の終了は日本時間 ${close} です。読み込み時は ${now} でした`,
  ],
  [
    /the bar ends at (\S+ \S+) in Japan; it was (\S+ \S+) there when the row was read/,
    (end, now) => `この足の終了は日本時間 ${end} です。読み込み時は ${now} でした`,
  ],
  [
    /volume 0 and four equal prices \((\S+)\), which a vendor filled in: nothing was traded/,
    (price) => `出来高が 0 で、四本値がすべて ${price} です。データ提供元の穴埋めで、取引はありません`,
  ],
  [/line (\d+) has the same date and is kept/, (line) => `同じ日付の ${line} 行目を使います`],
  [
    /(\d+) sessions are missing between (\S+) and (\S+)/,
    (missing, from, to) => `${from} と ${to} の間で ${missing} 立会日が欠けています`,
  ],
  [
    /the daily limits allow (\S+) to (\S+) yen after the close of (\S+) on ([\d-]+)/,
    (lower, upper, close, date) => `${date} の終値 ${close} に対する値幅制限は ${lower} 円から ${upper} 円です`,
  ],
  [
    /further from the close of (\S+) on ([\d-]+) than the daily limits would allow a price of that size/,
    (close, date) => `${date} の終値 ${close} から、その水準の値幅制限を超えて離れています`,
  ],
  [/ over (\d+) sessions/, (sessions) => `（${sessions} 立会日分）`],
  [/, widened after sessions at the limit/, () => '（制限値幅の拡大を含む）'],
  [/, found low (\S+), high ([^;]+)/, (low, high) => `。安値 ${low}、高値 ${high}`],
  [
    /; the prices are (\S+), so this is derived, not a limit of that day/,
    (basis) => `。価格は${bases[basis!] ?? basis}のため、当日の値幅制限そのものではなく推定です`,
  ],
];

/** Returns a message of the quality gate about a row in Japanese. */
export function qualityMessageInJapanese(message: string): string {
  return parts
    .reduce(
      (text, [english, japanese]) => text.replace(english, (_all, ...groups: string[]) => japanese(...groups)),
      message,
    )
    .replaceAll('; ', '。');
}
