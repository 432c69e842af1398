import type { Job } from '@daytrade/contracts';
import { language } from './language.ts';

/** The scheduler's jobs by their names; it writes everything in English. */
const jobNames: Readonly<Record<string, string>> = {
  prediction: '予測',
  'data-update': 'データ更新',
  'market-preparation': '市場準備',
  'opening-prediction': '寄り付きの予測',
  'midday-update': '前引けのデータ更新',
  'midday-prediction': '前引けの予測',
  'closing-update': '大引け後のデータ更新',
  report: '日次報告',
  'evening-update': '夕方のデータ更新',
  'evening-prediction': '夕方の予測',
  'evening-report': '夕方の報告',
  retraining: '再学習',
  retention: '保存期間の整理',
  training: '学習',
  evaluation: '検証',
  audit: 'リーク監査',
  backtest: 'バックテスト',
  'paper-session': 'ペーパー取引',
  'paper-pre-open': 'ペーパー取引：寄り付き前',
  'paper-open': 'ペーパー取引：寄り付き',
  'paper-lunch': 'ペーパー取引：昼休み',
  'paper-pre-close': 'ペーパー取引：大引け前',
  'paper-close': 'ペーパー取引：大引け',
  'paper-evening': 'ペーパー取引：夕方',
  backup: 'バックアップ',
  'restore-drill': '復元訓練',
  fetch: 'データ取得',
};

/** The job's name as a reader says it. */
export function jobLabel(name: string): string {
  return language.value === 'ja' ? (jobNames[name] ?? name) : name;
}

/** What each job does; the scheduler says it in English. */
const jobDescriptions: Readonly<Record<string, string>> = {
  prediction: '全銘柄の本日の終値がどこに来るかを、その時刻までの足から予測し、公表します',
  'opening-prediction': '始値が分かった時点で、本日の終値を予測します',
  'midday-update': '前場の最後の足を読み込みます',
  'midday-prediction': '前場のすべての足から、本日の終値を予測します',
  'data-update': '取り込んだことのあるデータ元から、新しい足を読み込みます',
  'market-preparation': '足を更新し、本日の銘柄を選定して、その予測を開始します',
  'closing-update': '大引け後に、当日の足を読み込みます',
  report: '公表した予測を大引け後に検証します',
  'evening-update': '当日の足が遅れて届くデータ元から、足を読み込みます',
  'evening-prediction': '当日の足から、次の立会日を予測します',
  'evening-report': '公表した予測を、当日のすべての終値でもう一度検証します',
  retraining: 'すべての足で新しいモデルを学習し、稼働させます',
  retention:
    '設定の保存期間を過ぎた実行・検証・モデル・報告・通知を削除します。稼働中のものや参照されているものは残します',
  training: 'すべての足でアンサンブルを学習し、新しい版として登録します',
  evaluation: 'アンサンブルを標本外でウォークフォワード検証し、基準と比べます',
  backtest: '戦略に従った場合のコスト差引後の結果を、時間順に選んだパラメータで計算します',
  'paper-session': '動いているペーパー取引の、その時刻の段階を行います（判断・評価・確定）。なければ何もしません',
  'paper-pre-open': '寄り付き前に注文を決めます。証券会社には送りません',
  'paper-open': '寄り付き後の足で、ここまでを評価します',
  'paper-lunch': '前場の足で、ここまでを評価します',
  'paper-pre-close': '大引け前の足で、ここまでを評価します',
  'paper-close': 'その日の足で約定を確定します',
  'paper-evening': '足が遅れて届く場合に、約定を確定します',
  audit: '特徴量・目的変数・分割・日付・銘柄群に、未来の情報がないかを調べます',
  backup: 'データベース・足・モデルを、設定の場所に暗号化してバックアップします',
  'restore-drill': '最新のバックアップを専用のフォルダーに復元して検証し、かかる時間を測ります',
  fetch: 'CSV フォルダーまたは模擬取引所の足を、品質検査を通して取り込みます',
};

/** What a job does, in the reader's language where it is known, else as the scheduler says it. */
export function jobDescription({ name, description }: Pick<Job, 'name' | 'description'>): string {
  return language.value === 'ja' ? (jobDescriptions[name] ?? description) : description;
}

const weekdays: Readonly<Record<string, string>> = {
  Monday: '月曜',
  Tuesday: '火曜',
  Wednesday: '水曜',
  Thursday: '木曜',
  Friday: '金曜',
  Saturday: '土曜',
  Sunday: '日曜',
};

/** When a job runs, in words. The scheduler says it in English; the Japanese is composed from the figures in it. */
export function scheduleLabel(schedule: Job['schedule']): string {
  const { description } = schedule;
  if (language.value === 'en') return description.replace(' Japan time', '');
  return scheduleInJapanese(schedule) ?? description;
}

function scheduleInJapanese({ type, description }: Job['schedule']): string | undefined {
  const time = /\d{2}:\d{2}/.exec(description)?.[0];
  const figure = /\d+/.exec(description)?.[0];
  if (type === 'on-demand') return '随時';
  if (figure === undefined) return undefined;
  switch (type) {
    case 'daily':
      return `毎立会日 ${time}`;
    case 'weekly':
      return `毎週${weekdays[/[A-Z]\w+day/.exec(description)?.[0] ?? '']} ${time}`;
    case 'market-hours':
      return `立会時間中 ${figure} 分ごと（昼休みを除く）`;
    case 'hourly':
      return `毎時 ${figure} 分`;
    case 'continuous':
      return `終了の ${figure} 秒後に再開`;
  }
}
