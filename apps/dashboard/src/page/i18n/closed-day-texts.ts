import { language } from './language.ts';

/** The reasons for which the calendar says that a day is closed. */
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

/** Why the exchange is closed on a day. */
export function closedReasonLabel(reason: string): string {
  if (language.value === 'en') return reason;
  const substitute = /^Substitute holiday for (.*)$/.exec(reason)?.[1];
  if (substitute !== undefined) return `振替休日（${closedReasons[substitute] ?? substitute}）`;
  return closedReasons[reason] ?? reason;
}
