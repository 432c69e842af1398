import { errorCodes } from '@daytrade/errors';
import type { PageProblem } from '../api/request.ts';
import { language } from './language.ts';

/** The problems that a reader of the page meets most; the services write everything in English. */
const problemsInJapanese: Readonly<Record<string, { readonly title: string; readonly remedy: string }>> = {
  'page.no-answer': {
    title: 'サーバーが応答しません',
    remedy: '`daytrade up` が動作しているか確認してください。ページは自動的に再試行します。',
  },
  'service.unreachable': {
    title: 'サービスが応答しません',
    remedy: '`daytrade up` が動作しているか確認してください（`daytrade doctor` も参照）。',
  },
  'service.unavailable': { title: 'サービスが準備中です', remedy: '/readyz が 200 を返すまで待ってください。' },
  'model.none-live': {
    title: '稼働中のモデルがありません',
    remedy: '`daytrade train` または `daytrade models promote VERSION` を実行してください。',
  },
  'model.nothing-to-roll-back': { title: '戻せる以前のモデルがありません', remedy: '`daytrade models list` を参照。' },
  'data.no-bars': {
    title: '足がまだありません',
    remedy: '`daytrade import FOLDER` または `daytrade fetch` を実行してください。',
  },
  'data.symbol-unknown': { title: '未知の銘柄です', remedy: '足のある銘柄は `daytrade symbols list` を参照。' },
  'training.too-little-data': { title: '学習に必要なデータが足りません', remedy: 'より長い期間を取り込んでください。' },
  'run.failed': { title: '実行が失敗しました', remedy: 'メッセージに理由があります。入力は実行に保存されています。' },
  'run.timed-out': {
    title: '実行が制限時間を超えました',
    remedy: 'ジョブの制限時間を延ばすか、処理量を減らしてください。',
  },
  'http.unauthorised': { title: 'トークンが必要です', remedy: '起動時に設定された DAYTRADE_TOKEN を使ってください。' },
};

/** The title and remedy of a problem in the reader's language where known, else as the service wrote them. */
export function problemTexts(problem: PageProblem): { readonly title: string; readonly remedy: string } {
  return (language.value === 'ja' ? problemsInJapanese[problem.code] : undefined) ?? problem;
}

/** What to do about an error of a run, by its code. */
export function remedyLabel(code: string): string {
  const translated = language.value === 'ja' ? problemsInJapanese[code]?.remedy : undefined;
  return translated ?? (code in errorCodes ? errorCodes[code as keyof typeof errorCodes].remedy : '');
}
