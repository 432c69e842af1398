import type { ErrorCode } from './codes.ts';

/** Title and remedy of each error code in Japanese, for the page and the command line. */
export const errorsInJapanese = {
  'input.invalid': ['入力が正しくありません', '原文にある項目を直してください。'],
  'input.too-large': ['本文が大きすぎます', '原文にあるバイト数以下にしてください。'],
  'market.date-invalid': ['存在しない日付です', '日付は YYYY-MM-DD の形で書いてください。'],
  'market.date-out-of-range': ['日付が範囲外です', '2000-01-01 から 2030-12-31 までの日付を使ってください。'],
  'market.not-a-session': ['その日は休場です', '立会日を使ってください（`daytrade sessions` を参照）。'],
  'market.symbol-invalid': ['銘柄コードではありません', '7203、72030、7203.T のように書いてください。'],
  'data.symbol-unknown': ['未知の銘柄です', '足のある銘柄は `daytrade symbols list` を参照。'],
  'trading.no-paper': ['動いているペーパー取引はありません', '先に `daytrade paper start` を実行してください。'],
  'trading.paper-running': ['ペーパー取引はすでに動いています', '`daytrade paper stop` で終えてから始めてください。'],
  'trading.paper-unsettled': [
    'ペーパー取引の立会日がまだ確定していません',
    'その日の足を待つか、`daytrade halt` で注文を取り消してください。次の立会日までに確定します。',
  ],
  'strategy.looks-ahead': ['戦略が後の情報を使っています', '渡された情報だけで注文を作ってください。'],
  'data.no-bars': ['足がまだありません', '`daytrade import FOLDER` または `daytrade fetch` を実行してください。'],
  'data.bars-damaged': [
    '足のファイルが壊れているか、銘柄の足がありません',
    '`daytrade fetch --repair` か `daytrade import FOLDER` で取り込み直すと、壊れたファイルが置き換わります。',
  ],
  'data.folder-unreadable': ['フォルダーを読み込めません', '原文のマシンにある CSV のフォルダーを指定してください。'],
  'data.folder-refused': [
    'そのフォルダーのファイルは読み込まれません',
    '`daytrade import FOLDER` で送るか、DAYTRADE_IMPORT_ROOT にそのフォルダーを設定してください。',
  ],
  'data.file-unreadable': [
    '足として読み込めないファイルがあります',
    '銘柄ごとに 1 つの CSV（UTF-8、日付は YYYY-MM-DD）を用意してください。列は `daytrade import --help` にあります。',
  ],
  'data.no-usable-rows': [
    '使える行のあるファイルがありません',
    'メッセージが最初の行について示すとおりに直してください。行ごとの理由は `daytrade quarantine list` にあります。',
  ],
  'data.provider-failed': ['データ元から取得できません', '再試行してください。原文にデータ元の応答があります。'],
  'data.provider-forbidden': [
    'データ元に利用を拒まれました',
    'J-Quants では `daytrade setup` を実行するか、DAYTRADE_JQUANTS_API_KEY またはそのファイルに、そのデータを含むプランのキーを設定してください。' +
      'Yahoo Finance にキーはなく、いつ閉じられるかわかりません。ほかのデータ元を使ってください。',
  ],
  'data.provider-refused': [
    'データ元が問い合わせを受け付けません',
    '上場中の銘柄コードと、データ元またはプランに含まれる日付を指定してください。原文にデータ元の応答があります。',
  ],
  'data.provider-throttled': [
    'データ元への要求が多すぎます',
    '数分待ってください。J-Quants では DAYTRADE_JQUANTS_PLAN を契約プランに合わせ、同じキーをほかのプログラムで使わないでください。' +
      'Yahoo Finance の上限は公表されていません。数時間待ってください。',
  ],
  'data.provider-reply-invalid': [
    'データ元の応答が使えません',
    '原文に届いた内容があります。DAYTRADE_JQUANTS_URL または DAYTRADE_YAHOO_URL と、途中のプロキシを確認してください。',
  ],
  'data.clock-skew': ['このマシンの時計が合っていません', '時計を合わせるか、NTP で合わせてから再試行してください。'],
  'model.not-found': ['その版のモデルはありません', '`daytrade models list` を参照。'],
  'model.none-live': ['稼働中のモデルがありません', '`daytrade train` か `daytrade models promote VERSION` を実行。'],
  'model.nothing-to-roll-back': ['戻せる以前のモデルがありません', '`daytrade models list` を参照。'],
  'model.file-invalid': [
    'モデルのファイルが壊れているか、別の版のものです',
    '別の版を昇格させるか（`daytrade models list` を参照）、学習し直してください。',
  ],
  'model.unfit': [
    '使用中の足に合わないモデルです',
    '学習し直すか、別の版を昇格させてください（`daytrade models list` を参照）。',
  ],
  'prediction.too-early': ['予測の時刻になっていません', '原文の時刻以降に実行するか、前の時刻を指定してください。'],
  'prediction.session-over': [
    'その立会は終了しています',
    '次の終値は `daytrade predict` で予測します。`daytrade predict --at 10:30` は、その時刻に分かっていたことからの予測です。',
  ],
  'series.bars-invalid': ['足を時間軸に並べられません', '原文の足を直してください（`daytrade quarantine list`）。'],
  'training.too-little-data': ['データが足りません', 'より長い期間を取り込んでください。必要な数は原文にあります。'],
  'training.too-large': ['学習する行が多すぎます', '銘柄か期間を減らして学習してください。'],
  'evaluation.none': ['まだ何も検証されていません', '`daytrade evaluate` または `daytrade train` を実行してください。'],
  'report.none': [
    'その立会日のレポートはありません',
    '`daytrade reports list` を参照。終了した最新の立会日のレポートは `daytrade jobs run report` で作成できます。',
  ],
  'report.damaged': [
    '日次レポートが壊れているか、見つかりません',
    '`--revision` で別の版を表示してください。行は残り、ほかの立会日のレポートに影響はありません。',
  ],
  'notice.undelivered': ['通知が届きませんでした', '受信側と設定を確認し、`daytrade notices test` で試してください。'],
  'job.unknown': ['そのジョブはありません', '`daytrade jobs list` を参照。'],
  'queue.full': ['待機中の実行が多すぎます', 'いくつかの終了を待つか、`daytrade runs cancel` で中止してください。'],
  'run.not-found': ['その実行はありません', '`daytrade runs list` を参照。'],
  'run.failed': ['実行が失敗しました', '理由は原文にあります。入力は実行に保存されています。'],
  'run.dependency-failed': [
    '前段のジョブが失敗したため実行されませんでした',
    '原文にある実行の原因を取り除き、両方を再実行してください: `daytrade runs list --dead`。',
  ],
  'run.cancelled': ['実行は中止されました', 'もう一度開始してください。終わった分は残っています。'],
  'run.timed-out': ['実行が制限時間を超えました', 'ジョブの制限時間を延ばすか、処理量を減らしてください。'],
  'http.not-found': ['その経路はありません', '経路は /openapi.json にあります。'],
  'http.unauthorised': ['トークンが必要です', '起動時に設定された DAYTRADE_TOKEN を使ってください。'],
  'http.forbidden': ['許可されていない場所からの要求です', '起動時に表示されたアドレスを使ってください。'],
  'http.read-only': ['閲覧専用のトークンです', '変更するには、DAYTRADE_TOKEN を使ってください。'],
  'http.throttled': ['誤ったトークンの要求が多すぎます', 'トークンを直し、Retry-After の秒数だけ待ってください。'],
  'service.overloaded': ['サービスへの要求が多すぎます', 'Retry-After の秒数だけ待って再試行してください。'],
  'service.unavailable': ['サービスが準備中です', '/readyz が 200 を返すまで待ってください。'],
  'service.unreachable': ['サービスが応答しません', '`daytrade up` の動作と `daytrade doctor` を確認してください。'],
  'dependency.refused': [
    'データベースまたはオブジェクトストアに拒否されました',
    'ユーザー、パスワード、認証局、権限を直してください。サーバーと理由は原文にあります。',
  ],
  'settings.invalid': ['設定が正しくありません', '原文にある環境変数、または設定ファイルの行を直してください。'],
  'state.damaged': [
    '状態フォルダーが壊れています',
    'バックアップがあれば戻してください。なければフォルダーを移動し、足を取り込み直して学習してください。',
  ],
  'state.unwritable': [
    '状態フォルダーに書き込めません',
    'ディスクの空きを増やすか、書き込めるフォルダーを DAYTRADE_STATE_DIR に設定してください。',
  ],
  'backup.none': [
    'そのバックアップはありません',
    '`daytrade backup --list` で確認してください。`daytrade backup` で作成できます。',
  ],
  'backup.key-wrong': [
    'バックアップの鍵が違います',
    '作成時の鍵ファイルを DAYTRADE_BACKUP_KEY_FILE または --key-file で指定してください。',
  ],
  'backup.damaged': [
    'バックアップが壊れているか、不完全です',
    '`daytrade backup --list` で別のものを選び、`daytrade restore ID` で復元してください。何も置き換えていません。',
  ],
  'backup.newer': [
    'バックアップはより新しい版のものです',
    'day-trade を更新してから復元してください。何も置き換えていません。',
  ],
  'restore.differs': [
    '復元したモデルの予測が、公表したものと違います',
    '予測した版の day-trade で復元するか、--without-replay で照合を省いてください。何も置き換えていません。',
  ],
  'internal.bug': ['内部で問題が起きました', '要求 ID を添えて報告してください。'],
  'input.not-json': [
    '本文が JSON ではありません',
    'コンテンツタイプ application/json の JSON オブジェクトを送ってください。',
  ],
  'input.media-type': ['そのコンテンツタイプは扱えません', '原文にあるコンテンツタイプで送ってください。'],
  'market.price-invalid': ['価格ではありません', '正の有限の数（円）を使ってください。'],
  'upload.not-found': [
    'そのアップロードはありません',
    '同じ `daytrade import` をもう一度実行すると、ファイルを送り直します。',
  ],
  'upload.content-differs': [
    '予告されたファイルと違います',
    'もう一度取り込んでください。送信中にファイルが変わったか、途中で壊れました。',
  ],
  'upload.incomplete': [
    'アップロードの一部がありません',
    '同じ `daytrade import` をもう一度実行すると、残りを送ります。',
  ],
  'upload.no-room': [
    '今はアップロードを受け入れる余地がありません',
    'ほかの取り込みが終わるのを待つか、DAYTRADE_UPLOAD_MEGABYTES を増やしてください。使われない分は 24 時間後に消えます。',
  ],
  'output.exists': ['ファイルがすでにあります', '--output で別の場所を指定するか、--force で置き換えてください。'],
  'output.unwritable': ['ファイルに書き込めません', 'ディスクの空きを増やすか、書き込める場所を指定してください。'],
  'run.not-dead': [
    'その実行はやり直せません',
    'やり直せるのは成功せずに終わった実行だけです: `daytrade runs list --dead`。',
  ],
  'service.port-in-use': ['ポートが使用中です', 'ほかのプログラムを止めるか、別のポートを選んでください。'],
  'state.locked': ['状態フォルダーは使用中です', '動いているものを使うか、原文にあるプロセスを止めてください。'],
  'state.exposed': [
    '他人が状態フォルダーに書き込めます',
    '原文にあるコマンドを実行してください。書き込める人は、あなたのモデルやコマンドをすり替えられます。',
  ],
  'restore.not-empty': [
    'すでに状態があります',
    '--state-dir で別のフォルダーに復元するか、--replace で置き換えてください（今の状態は失われます）。',
  ],
} as const satisfies Record<ErrorCode, readonly [title: string, remedy: string]>;
