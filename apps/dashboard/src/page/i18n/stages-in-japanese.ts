import type { FetchingStage } from '@daytrade/contracts';

const fetching: Readonly<Record<FetchingStage, string>> = {
  'fetching csv bars': 'CSV の足を取り込み中',
  'fetching jquants bars': 'J-Quants の足を取り込み中',
  'fetching synthetic bars': '合成の足を作成中',
  'fetching yahoo bars': 'Yahoo Finance（非公式）の足を取り込み中',
};

/** The steps of the jobs; the workers say them in English. */
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
  'comparing objects': '足とモデルを照合中',
  'looking at what was restored': '復元したものを検証中',
  ...fetching,
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
  'beginning later': '開始日を遅らせて比較中',
};
