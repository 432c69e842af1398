import type { ErrorCode } from '@daytrade/errors';

interface ProblemTexts {
  readonly title: string;
  readonly remedy: string;
}

/** Every problem that a service, or the page itself, can have: complete by type. */
export const problemsInJapanese: Readonly<Record<ErrorCode | 'page.no-answer', ProblemTexts>> = {
  'page.no-answer': {
    title: 'サーバーが応答しません',
    remedy: '`daytrade up` が動作しているか確認してください。ページは自動的に再試行します。',
  },
  'input.invalid': { title: '入力が正しくありません', remedy: '原文にある項目を直してください。' },
  'input.not-json': { title: '本文が JSON ではありません', remedy: 'JSON オブジェクトを送ってください。' },
  'input.too-large': { title: '本文が大きすぎます', remedy: '原文にあるバイト数以下にしてください。' },
  'input.media-type': {
    title: '対応していないコンテンツタイプです',
    remedy: '原文にあるコンテンツタイプで送ってください。',
  },
  'market.date-invalid': { title: '存在しない日付です', remedy: '日付は YYYY-MM-DD の形で書いてください。' },
  'market.date-out-of-range': {
    title: '日付がカレンダーの範囲外です',
    remedy: '2000-01-01 から 2030-12-31 までの日付を使ってください。',
  },
  'market.not-a-session': {
    title: 'その日は休場です',
    remedy: '立会日を使ってください（`daytrade sessions` を参照）。',
  },
  'market.symbol-invalid': {
    title: '銘柄コードではありません',
    remedy: '7203、72030、7203.T のように書いてください。',
  },
  'market.price-invalid': { title: '価格ではありません', remedy: '正の円価格を使ってください。' },
  'data.symbol-unknown': { title: '未知の銘柄です', remedy: '足のある銘柄は `daytrade symbols list` を参照。' },
  'trading.halted': {
    title: '売買は停止中です',
    remedy: 'メッセージの内容を確認し、解決してから新しく始めてください。',
  },
  'trading.no-paper': {
    title: '動いているペーパー取引はありません',
    remedy: '先に `daytrade paper start` を実行してください。',
  },
  'trading.paper-running': {
    title: 'ペーパー取引はすでに動いています',
    remedy: '`daytrade paper status` を参照。`daytrade paper stop` で終わります。',
  },
  'trading.paper-unsettled': {
    title: 'ペーパー取引の立会日がまだ確定していません',
    remedy: 'その日の足を待つか、`daytrade halt` で注文を取り消してください。次の立会日までに確定します。',
  },
  'strategy.looks-ahead': {
    title: '戦略が後の情報を使っています',
    remedy: '渡された情報だけで注文を作ってください。',
  },
  'data.no-bars': {
    title: '足がまだありません',
    remedy: '`daytrade import FOLDER` または `daytrade fetch` を実行してください。',
  },
  'data.bars-damaged': {
    title: '銘柄の足が壊れているか、ありません',
    remedy: '`daytrade import FOLDER` でその銘柄を取り込み直すと、ファイルが置き換わります。',
  },
  'data.folder-unreadable': {
    title: 'フォルダーを読み込めません',
    remedy: '原文にあるマシン上の、CSV ファイルのあるフォルダーを指定してください。',
  },
  'data.folder-refused': {
    title: 'そのフォルダーのファイルは読み込まれません',
    remedy: '`daytrade import FOLDER` で送るか、DAYTRADE_IMPORT_ROOT にそのフォルダーを設定してください。',
  },
  'data.file-unreadable': {
    title: '足として読み込めないファイルがあります',
    remedy:
      '銘柄ごとに 1 つの CSV（UTF-8、日付は YYYY-MM-DD）を用意してください。列は `daytrade import --help` にあります。',
  },
  'data.no-usable-rows': {
    title: '使える行のあるファイルがありません',
    remedy:
      'メッセージが最初の行について示すとおりに直してください。行ごとの理由は `daytrade quarantine list` にあります。',
  },
  'data.provider-failed': {
    title: 'データ元から取得できません',
    remedy: 'しばらくして再試行してください。原文にデータ元の応答があります。',
  },
  'data.provider-forbidden': {
    title: 'データ元に利用を拒まれました',
    remedy:
      'J-Quants では `daytrade setup` を実行するか、DAYTRADE_JQUANTS_API_KEY またはそのファイルに、そのデータを含むプランのキーを設定してください。' +
      'Yahoo Finance にキーはなく、いつ閉じられるかわかりません。ほかのデータ元を使ってください。',
  },
  'data.provider-refused': {
    title: 'データ元が問い合わせを受け付けません',
    remedy:
      '上場中の銘柄コードと、データ元またはプランに含まれる日付を指定してください。原文にデータ元の応答があります。',
  },
  'data.provider-throttled': {
    title: 'データ元への要求が多すぎます',
    remedy:
      '数分待ってください。J-Quants では DAYTRADE_JQUANTS_PLAN を契約プランに合わせ、同じキーをほかのプログラムで使わないでください。' +
      'Yahoo Finance の上限は公表されていません。数時間待ってください。',
  },
  'data.provider-reply-invalid': {
    title: 'データ元の応答が使えません',
    remedy:
      '原文に届いた内容があります。DAYTRADE_JQUANTS_URL または DAYTRADE_YAHOO_URL と、途中のプロキシを確認してください。',
  },
  'data.clock-skew': {
    title: 'このマシンの時計が合っていません',
    remedy: '時計を合わせるか、NTP で合わせてから再試行してください。',
  },
  'upload.not-found': {
    title: 'そのアップロードはありません',
    remedy: '同じ `daytrade import` をもう一度実行すると、送り直します。',
  },
  'upload.offset-conflict': {
    title: '送られた部分がつながりません',
    remedy: '原文にあるバイト位置から続けてください。',
  },
  'upload.content-differs': {
    title: '予告されたファイルと内容が違います',
    remedy: '送信中に変わったか、途中で壊れました。取り込みをやり直してください。',
  },
  'upload.incomplete': {
    title: 'アップロードの一部が足りません',
    remedy: '同じ `daytrade import` をもう一度実行すると、足りない部分を送ります。',
  },
  'upload.no-room': {
    title: 'アップロードの空きがありません',
    remedy:
      '他の取り込みの終了を待つか、DAYTRADE_UPLOAD_MEGABYTES を増やしてください。未使用分は 24 時間後に消えます。',
  },
  'output.exists': {
    title: 'ファイルがすでにあります',
    remedy: '--output で別の場所を指定するか、--force で上書きしてください。',
  },
  'output.unwritable': {
    title: 'ファイルに書き込めません',
    remedy: 'ディスクに空きを作るか、書き込める場所を指定してください。',
  },
  'model.not-found': { title: 'その版のモデルはありません', remedy: '`daytrade models list` を参照。' },
  'model.none-live': {
    title: '稼働中のモデルがありません',
    remedy: '`daytrade train` または `daytrade models promote VERSION` を実行してください。',
  },
  'model.nothing-to-roll-back': { title: '戻せる以前のモデルがありません', remedy: '`daytrade models list` を参照。' },
  'model.file-invalid': {
    title: 'モデルのファイルが壊れているか、別の版のものです',
    remedy: '別の版を昇格させるか（`daytrade models list` を参照）、学習し直してください。',
  },
  'model.unfit': {
    title: '使用中の足に合わないモデルです',
    remedy: '学習し直すか、別の版を昇格させてください（`daytrade models list` を参照）。強行するには --force。',
  },
  'prediction.too-early': {
    title: '予測の時刻になっていません',
    remedy: '原文にある時刻になってからもう一度実行するか、それより前の時刻を指定してください。',
  },
  'prediction.session-over': {
    title: 'その立会は終了しています',
    remedy:
      '次の終値は `daytrade predict` で予測します。`daytrade predict --at 10:30` は、その時刻に分かっていたことからの予測です。',
  },
  'series.bars-invalid': {
    title: '足を一つの時間軸に並べられません',
    remedy: '原文にある足を直してください（`daytrade quarantine list` を参照）。',
  },
  'learner.input-invalid': { title: '学習器が入力を使えません', remedy: '列と行は原文にあります。' },
  'training.too-little-data': {
    title: '学習に必要なデータが足りません',
    remedy: 'より長い期間を取り込んでください。必要な数は原文にあります。',
  },
  'training.too-large': { title: '学習する行が多すぎます', remedy: '銘柄か期間を減らして学習してください。' },
  'evaluation.none': {
    title: 'まだ何も検証されていません',
    remedy: '`daytrade evaluate` または `daytrade train` を実行してください。',
  },
  'report.none': {
    title: 'その立会日のレポートはありません',
    remedy:
      '`daytrade reports list` を参照。終了した最新の立会日のレポートは `daytrade jobs run report` で作成できます。',
  },
  'report.damaged': {
    title: '日次レポートが壊れているか、見つかりません',
    remedy: '`--revision` で別の版を表示してください。行は残り、ほかの立会日のレポートに影響はありません。',
  },
  'notice.undelivered': {
    title: '通知が届きませんでした',
    remedy: '受信側とその設定を確認してください。`daytrade notices test` でもう一度試せます。',
  },
  'job.unknown': { title: 'そのジョブはありません', remedy: '`daytrade jobs list` を参照。' },
  'queue.full': {
    title: '待機中の実行が多すぎます',
    remedy: 'いくつかの終了を待つか、`daytrade runs cancel` で中止してください。',
  },
  'run.not-found': { title: 'その実行はありません', remedy: '`daytrade runs list` を参照。' },
  'run.failed': { title: '実行が失敗しました', remedy: '理由は原文にあります。入力は実行に保存されています。' },
  'run.not-dead': {
    title: 'その実行は再実行できません',
    remedy: '再実行できるのは、成功せずに終わった実行だけです: `daytrade runs list --dead`。',
  },
  'run.dependency-failed': {
    title: '前段のジョブが失敗したため実行されませんでした',
    remedy: '原文にある実行の原因を取り除き、両方を再実行してください: `daytrade runs list --dead`。',
  },
  'run.cancelled': { title: '実行は中止されました', remedy: 'もう一度開始してください。終わった分は残っています。' },
  'run.timed-out': {
    title: '実行が制限時間を超えました',
    remedy: 'ジョブの制限時間を延ばすか、処理量を減らしてください。',
  },
  'http.not-found': { title: 'その経路はありません', remedy: '経路は /openapi.json にあります。' },
  'http.method-not-allowed': {
    title: 'そのメソッドは使えません',
    remedy: 'メソッドは /openapi.json にあります。',
  },
  'http.unauthorised': { title: 'トークンが必要です', remedy: '起動時に設定された DAYTRADE_TOKEN を使ってください。' },
  'http.forbidden': {
    title: '許可されていない場所からの要求です',
    remedy: '起動時に表示されたアドレスを使ってください。',
  },
  'http.read-only': {
    title: '閲覧専用のトークンです',
    remedy: '変更するには、DAYTRADE_TOKEN を使ってください。',
  },
  'http.expectation-failed': {
    title: '要求の期待を満たせません',
    remedy: 'Expect ヘッダーを外してください。',
  },
  'http.throttled': {
    title: '誤ったトークンの要求が多すぎます',
    remedy: 'トークンを直し、Retry-After の秒数だけ待ってください。',
  },
  'service.overloaded': {
    title: 'サービスへの要求が多すぎます',
    remedy: 'Retry-After の秒数だけ待って再試行してください。',
  },
  'service.unavailable': { title: 'サービスが準備中です', remedy: '/readyz が 200 を返すまで待ってください。' },
  'service.unreachable': {
    title: 'サービスが応答しません',
    remedy: '`daytrade up` が動作しているか確認してください（`daytrade doctor` も参照）。',
  },
  'dependency.refused': {
    title: 'データベースまたはオブジェクトストアに拒否されました',
    remedy: 'ユーザー、パスワード、認証局、権限を直してください。サーバーと理由は原文にあります。',
  },
  'service.port-in-use': {
    title: 'ポートは使用中です',
    remedy: '使用中のプログラムを止めるか、別のポートを選んでください。',
  },
  'settings.invalid': {
    title: '設定が正しくありません',
    remedy: '原文にある環境変数、または設定ファイルの行を直してください。',
  },
  'state.locked': {
    title: '状態フォルダーは使用中です',
    remedy: '動作中のものを使うか、原文にあるプロセスを止めてください。',
  },
  'state.exposed': {
    title: '状態フォルダーに他のユーザーが書き込めます',
    remedy: '原文にあるコマンドを実行してください。',
  },
  'state.damaged': {
    title: '状態フォルダーが壊れています',
    remedy: 'バックアップがあれば戻してください。なければフォルダーを移動し、足を取り込み直して学習してください。',
  },
  'state.unwritable': {
    title: '状態フォルダーに書き込めません',
    remedy: 'ディスクの空きを増やすか、書き込めるフォルダーを DAYTRADE_STATE_DIR に設定してください。',
  },
  'backup.none': {
    title: 'そのバックアップはありません',
    remedy: '`daytrade backup --list` で確認してください。`daytrade backup` で作成できます。',
  },
  'backup.key-wrong': {
    title: 'バックアップの鍵が違います',
    remedy: '作成時の鍵ファイルを DAYTRADE_BACKUP_KEY_FILE または --key-file で指定してください。',
  },
  'backup.damaged': {
    title: 'バックアップが壊れているか、不完全です',
    remedy:
      '`daytrade backup --list` で別のものを選び、`daytrade restore ID` で復元してください。何も置き換えていません。',
  },
  'backup.newer': {
    title: 'バックアップはより新しい版のものです',
    remedy: 'day-trade を更新してから復元してください。何も置き換えていません。',
  },
  'restore.not-empty': {
    title: '状態が既にあります',
    remedy: '--state-dir で別のフォルダーに復元するか、--replace を付けてください。今あるものは失われます。',
  },
  'restore.differs': {
    title: '復元したモデルの予測が、公表したものと違います',
    remedy: '予測した版の day-trade で復元するか、--without-replay で照合を省いてください。何も置き換えていません。',
  },
  'internal.bug': {
    title: '内部で問題が起きました',
    remedy: '要求 ID を添えて報告してください。',
  },
};
