import type { Job } from '../bodies/runs.ts';

/** Name and task of each job in Japanese. The scheduler has both in English. */
export const jobsInJapanese: Readonly<Record<string, readonly [name: string, task: string]>> = {
  prediction: ['予測', '全銘柄の本日の終値がどこに来るかを、その時刻までの足から予測し、公表します'],
  'data-update': ['データ更新', '取り込んだことのあるデータ元から、新しい足を読み込みます'],
  'market-preparation': ['市場準備', '足を更新し、本日の銘柄を選定して、その予測を開始します'],
  'opening-prediction': ['寄り付きの予測', '始値が分かった時点で、本日の終値を予測します'],
  'midday-update': ['前引けのデータ更新', '前場の最後の足を読み込みます'],
  'midday-prediction': ['前引けの予測', '前場のすべての足から、本日の終値を予測します'],
  'closing-update': ['大引け後のデータ更新', '大引け後に、当日の足を読み込みます'],
  report: ['日次報告', '公表した予測を大引け後に検証します'],
  'evening-update': ['夕方のデータ更新', '当日の足が遅れて届くデータ元から、足を読み込みます'],
  'evening-prediction': ['夕方の予測', '当日の足から、次の立会日を予測します'],
  'evening-report': ['夕方の報告', '公表した予測を、当日のすべての終値でもう一度検証します'],
  retraining: ['再学習', 'すべての足で新しいモデルを学習し、稼働させます'],
  retention: [
    '保存期間の整理',
    '設定の保存期間を過ぎた実行・検証・モデル・報告・通知を削除します。稼働中のものや参照されているものは残します',
  ],
  training: ['学習', 'すべての足でアンサンブルを学習し、新しい版として登録します'],
  evaluation: ['検証', 'アンサンブルを標本外でウォークフォワード検証し、基準と比べます'],
  audit: ['リーク監査', '特徴量・目的変数・分割・日付・銘柄群に、未来の情報がないかを調べます'],
  backtest: ['バックテスト', '戦略に従った場合のコスト差引後の結果を、時間順に選んだパラメータで計算します'],
  'paper-session': ['ペーパー取引', '動いているペーパー取引の、その時刻の段階（判断・評価・確定）を行います'],
  'paper-pre-open': ['ペーパー取引：寄り付き前', '寄り付き前に注文を決めます。証券会社には送りません'],
  'paper-open': ['ペーパー取引：寄り付き', '寄り付き後の足で、ここまでを評価します'],
  'paper-lunch': ['ペーパー取引：昼休み', '前場の足で、ここまでを評価します'],
  'paper-pre-close': ['ペーパー取引：大引け前', '大引け前の足で、ここまでを評価します'],
  'paper-close': ['ペーパー取引：大引け', 'その日の足で約定を確定します'],
  'paper-evening': ['ペーパー取引：夕方', '足が遅れて届く場合に、約定を確定します'],
  backup: ['バックアップ', 'データベース・足・モデルを、設定の場所にバックアップします'],
  'restore-drill': ['復元訓練', '最新のバックアップを専用のフォルダーに復元して検証し、かかる時間を測ります'],
  fetch: ['データ取得', 'CSV フォルダーまたは模擬取引所の足を、品質検査を通して取り込みます'],
};

const weekdays: Readonly<Record<string, string>> = {
  Monday: '月曜',
  Tuesday: '火曜',
  Wednesday: '水曜',
  Thursday: '木曜',
  Friday: '金曜',
  Saturday: '土曜',
  Sunday: '日曜',
};

/** Returns the schedule of a job in Japanese, composed of the figures in the English of the scheduler. */
export function scheduleInJapanese({ type, description }: Job['schedule']): string | undefined {
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

/** Providers with their particle in Japanese; others are shown as a request names them. */
const providersInJapanese: Readonly<Record<string, string>> = {
  csv: 'CSV の',
  jquants: 'J-Quants の',
  yahoo: 'Yahoo Finance（非公式）の',
};

/** Returns a step of a job in Japanese; undefined for an unknown one. */
export function stageInJapanese(stage: string): string | undefined {
  const [, provider] = /^fetching (\S+) bars$/.exec(stage) ?? [];
  if (provider === undefined) return stagesInJapanese[stage];
  if (provider === 'synthetic') return '合成の足を作成中';
  return `${providersInJapanese[provider] ?? `${provider} の`}足を取り込み中`;
}

/** The steps of jobs in Japanese. The workers report them in English. */
export const stagesInJapanese: Readonly<Record<string, string>> = {
  'removing what is old': '古いものを削除中',
  'reading bars': '足を読み込み中',
  'looking at what is backed up already': '既にあるバックアップを確認中',
  'copying objects': '足とモデルをコピー中',
  'copying the database': 'データベースをコピー中',
  'copying what changed meanwhile': 'その間の変更をコピー中',
  'removing old backups': '古いバックアップを削除中',
  'reading the backup': 'バックアップを読み込み中',
  'restoring the database': 'データベースを復元中',
  'restoring objects': '足とモデルを復元中',
  'looking at what was restored': '復元したものを検証中',
  'reading index series': '指数を読み込み中',
  'selecting symbols': '銘柄を選定中',
  features: '特徴量を計算中',
  training: '学習中',
  intervals: '区間を計算中',
  'within the day': '日中の予測を計算中',
  'registering the model': 'モデルを登録中',
  predicting: '予測中',
  judging: '検証中',
  'trying parameters': 'パラメータを試行中',
  'computing features': '特徴量を計算中',
  'cutting the panel': '期間を切って比較中',
  'learning again from the training rows alone': '学習期間だけで学習し直し中',
};
