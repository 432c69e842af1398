/** Person who has to act: the user, the operator, or the developer. */
export type ErrorKind = 'user' | 'operational' | 'bug';

/** Meaning of an error code: HTTP status, exit code, and the remedy. */
export interface ErrorCodeEntry {
  readonly kind: ErrorKind;
  /** HTTP status of the RFC 9457 problem document. */
  readonly status: number;
  /**
   * Exit code of the command line: 2 bad input, 3 not found or not ready, 4 conflict, 5 a dependency failed, 70 a bug.
   */
  readonly exitCode: number;
  /** True when the same request may succeed later without a change. */
  readonly retryable: boolean;
  readonly title: string;
  readonly remedy: string;
}

type WithWords = (title: string, remedy: string) => ErrorCodeEntry;

const user =
  (status: number, exitCode: number): WithWords =>
  (title, remedy) => ({ kind: 'user', status, exitCode, retryable: false, title, remedy });

const operational =
  (status: number, { exitCode = 5, retryable = false } = {}): WithWords =>
  (title, remedy) => ({ kind: 'operational', status, exitCode, retryable, title, remedy });

const badInput = user(400, 2);
const refused = user(403, 2);
const notFound = user(404, 3);
const notReady = user(409, 3);
const conflict = user(409, 4);
const failed = operational(500);

/** Every error code of the platform. `docs/errors.md` is made from this table. */
export const errorCodes = {
  'input.invalid': badInput('The request is not valid', 'Correct the field or the file that the message names.'),
  'input.not-json': badInput('The body is not JSON', 'Send a JSON object with content type application/json.'),
  'input.too-large': user(413, 2)('The body is too large', 'Send at most the number of bytes that the message names.'),
  'input.media-type': user(415, 2)(
    'The content type is not supported',
    'Send the content type that the message names.',
  ),
  'market.date-invalid': badInput('Not a date of the calendar', 'Write an existing date as YYYY-MM-DD.'),
  'market.date-out-of-range': badInput(
    'The date is outside the exchange calendar',
    'Use a date from 2000-01-01 to 2030-12-31.',
  ),
  'market.not-a-session': badInput(
    'The exchange is closed on that date',
    'Use a trading day; see `daytrade sessions`.',
  ),
  'market.symbol-invalid': badInput('Not a symbol code', 'Write a code as 7203, 72030 or 7203.T.'),
  'market.price-invalid': badInput('Not a price', 'Use a positive, finite number of yen.'),
  'data.symbol-unknown': notFound('The symbol is not known', 'See `daytrade symbols list` for the symbols with bars.'),
  'trading.no-paper': notReady('No paper book is running', 'Run `daytrade paper start`, or name a book that runs.'),
  'trading.several-books': conflict('Several paper books are running', 'Name the book that is meant, with --book.'),
  'trading.paper-unsettled': conflict(
    'A session of the paper book is not settled',
    'Wait for the bars of the session, or cancel its orders with `daytrade halt`; it is settled by the next session.',
  ),
  'strategy.looks-ahead': user(422, 5)(
    'The strategy knows what comes after',
    'Make its orders of nothing but the view that it is given.',
  ),
  'data.no-bars': notReady('There are no bars yet', 'Run `daytrade import FOLDER` or `daytrade fetch` first.'),
  'data.bars-damaged': failed(
    'A file of bars is damaged, or bars of a symbol are missing',
    'Get the bars again: `daytrade fetch --repair`, or `daytrade import FOLDER`. That replaces the damaged file.',
  ),
  'data.folder-unreadable': badInput(
    'The folder cannot be read',
    'Name a folder with CSV files that exists on the machine that the message names.',
  ),
  'data.folder-refused': refused(
    'Files of that folder are not read here',
    'Send the files with `daytrade import FOLDER`, or set DAYTRADE_IMPORT_ROOT to the folder that they may be in.',
  ),
  'data.file-unreadable': badInput(
    'A file cannot be read as bars',
    'The message says what was found; `daytrade import --help` lists the forms that are read.',
  ),
  'data.no-usable-rows': badInput(
    'No file had a usable row',
    'Do what the message says of the first row; `daytrade quarantine list` shows the reason of each row.',
  ),
  'data.provider-failed': operational(502, { retryable: true })(
    'The data provider failed',
    'Try again later; the message says what it answered.',
  ),
  'data.provider-forbidden': refused(
    'The data provider refuses access',
    'For J-Quants run `daytrade setup`, or set DAYTRADE_JQUANTS_API_KEY or its file to a key of a plan that has such ' +
      'data. Yahoo Finance takes no key and may close at any time: use another provider.',
  ),
  'data.provider-refused': badInput(
    'The data provider does not take the question',
    'Ask for codes that are listed and for days that the provider or your plan has; the message has its answer.',
  ),
  'data.provider-throttled': operational(503)(
    'The data provider has had too many requests',
    'Wait some minutes; for J-Quants DAYTRADE_JQUANTS_PLAN must be the plan that you have, and no other program use ' +
      'the key. Yahoo Finance names no limit: wait some hours.',
  ),
  'data.provider-reply-invalid': operational(502)(
    'The data provider sent what cannot be used',
    'Check DAYTRADE_JQUANTS_URL or DAYTRADE_YAHOO_URL, and any proxy on the way; the message says what came.',
  ),
  'data.clock-skew': failed(
    'The clock of this machine is wrong',
    'Set the clock, or have it set over the network (NTP), and try again.',
  ),
  'upload.not-found': notFound(
    'There is no such upload',
    'Run the same `daytrade import` again: it sends the files again.',
  ),
  'upload.content-differs': user(422, 2)(
    'A file is not the one that was announced',
    'Run the import again: the file changed while it was sent, or was damaged on the way.',
  ),
  'upload.incomplete': conflict(
    'A part of an upload is missing',
    'Run the same `daytrade import` again: it sends what is missing.',
  ),
  'output.exists': conflict(
    'A file is there already',
    'Name another place with --output, or replace the files with --force.',
  ),
  'output.unwritable': failed(
    'A file cannot be written',
    'Free space on its disk, or name a place that you may write.',
  ),
  'model.not-found': notFound('There is no such model version', 'See `daytrade models list`.'),
  'model.none-live': notReady('No model is live', 'Run `daytrade train`, or `daytrade models promote VERSION`.'),
  'model.nothing-to-roll-back': conflict('There is no earlier model to go back to', 'See `daytrade models list`.'),
  'model.file-invalid': failed(
    'A model file is damaged or of another version',
    'Promote another version, see `daytrade models list`, or train again.',
  ),
  'model.unfit': conflict(
    'The model was not made for the bars in use',
    'Train again or promote another version, see `daytrade models list`.',
  ),
  'prediction.too-early': conflict(
    'The time of the forecast has not come',
    'Ask again at the time that the message names, or for an earlier one.',
  ),
  'prediction.session-over': conflict(
    'The session is over',
    'Run `daytrade predict` for the next close; `daytrade predict --at 10:30` forecasts from what was known then.',
  ),
  'series.bars-invalid': badInput(
    'The bars cannot be put on one axis',
    'Correct the bars that the message names; see `daytrade quarantine list`.',
  ),
  'training.too-little-data': notReady(
    'There is too little data to train on',
    'Import more sessions; the message says how many are needed.',
  ),
  'training.looks-ahead': user(422, 5)(
    'A feature or member knows what comes after',
    'Compute it of nothing but the bars or rows that the message names.',
  ),
  'training.too-large': user(413, 2)(
    'There are too many rows to train on',
    'Train on fewer symbols or sessions; the message says how many rows there may be.',
  ),
  'evaluation.none': notFound('Nothing has been judged yet', 'Run `daytrade evaluate` or `daytrade train` first.'),
  'report.none': notFound(
    'There is no report of that session',
    'See `daytrade reports list`; `daytrade jobs run report` makes the one of the newest session that is over.',
  ),
  'report.damaged': failed(
    'A daily report is damaged or missing',
    'Show another revision of it with `--revision`; its row stays, and the reports of other sessions ' +
      'are not concerned.',
  ),
  'notice.undelivered': operational(502, { retryable: true })(
    'A notice did not reach its receiver',
    'Check the receiver, and its setting; `daytrade notices test` tries it again.',
  ),
  'job.unknown': notFound('There is no such job', 'See `daytrade jobs list`.'),
  'queue.full': operational(429, { retryable: true })(
    'Too many runs wait already',
    'Wait until some have ended, or cancel some: `daytrade runs cancel`.',
  ),
  'run.not-found': notFound('There is no such run', 'See `daytrade runs list`.'),
  'run.failed': failed('The run failed', 'The message says why; the payload is kept in the run.'),
  'run.not-dead': conflict(
    'The run cannot be replayed',
    'Only runs that ended without success can be: `daytrade runs list --dead`.',
  ),
  'run.dependency-failed': failed(
    'A run that this one needs has failed',
    'Mend the run that the message names and replay both: `daytrade runs list --dead`.',
  ),
  'run.cancelled': user(409, 130)('The run was cancelled', 'Start it again; work that was finished is kept.'),
  'run.timed-out': operational(504, { retryable: true })(
    'The run took longer than it may',
    'Raise the timeout of the job or give it less work.',
  ),
  'http.not-found': notFound('There is no such route', 'See /openapi.json for the routes.'),
  'http.unauthorised': user(401, 2)(
    'A token is needed',
    'Set DAYTRADE_TOKEN to the token that the service was started with.',
  ),
  'http.forbidden': refused(
    'The request comes from a place that is not allowed',
    'Use the address that the service printed.',
  ),
  'http.read-only': refused('The token only reads', 'Use DAYTRADE_TOKEN to change something.'),
  'http.throttled': operational(429, { retryable: true })(
    'Too many requests had a wrong token',
    'Correct the token, and wait as many seconds as Retry-After says.',
  ),
  'service.overloaded': operational(503, { retryable: true })(
    'The service has more requests than it takes at once',
    'Try again after as many seconds as Retry-After says.',
  ),
  'service.unavailable': operational(503, { retryable: true })(
    'The service cannot serve now',
    'Wait until /readyz answers 200.',
  ),
  'service.unreachable': operational(502, { retryable: true })(
    'The service does not answer',
    'Check that `daytrade up` runs; see `daytrade doctor`.',
  ),
  'dependency.refused': operational(503)(
    'The database or the object store refuses the platform',
    'Correct user, password, certificate authority or permissions; the message names the server and its reason.',
  ),
  'service.port-in-use': failed('The port is in use', 'Stop the other program or choose another port.'),
  'settings.invalid': badInput(
    'A setting is not valid',
    'Correct the environment variable, or the line of the settings file, that the message names.',
  ),
  'state.locked': operational(409, { exitCode: 4 })(
    'The state folder is in use',
    'Use the running one, or stop the process that the message names, where it says that it runs.',
  ),
  'state.exposed': failed(
    'Others may write to the state folder',
    'Run the command that the message names; a person who can write there could exchange your ' +
      'models and commands.',
  ),
  'state.damaged': failed(
    'The state folder is damaged',
    'Put back a copy of the state folder, if you made one; else move the folder away, import the bars again and train.',
  ),
  'state.unwritable': failed(
    'The state folder cannot be written',
    'Free space on its disk, or set DAYTRADE_STATE_DIR to a folder that you may write.',
  ),
  'backup.none': notFound('There is no such backup', 'See `daytrade backup --list`; `daytrade backup` makes one.'),
  'backup.key-wrong': user(409, 2)(
    'The backup is encrypted with another key',
    'Name the key file with which it was made: DAYTRADE_BACKUP_KEY_FILE or --key-file.',
  ),
  'backup.damaged': failed(
    'A backup is damaged or not whole',
    'Restore another one: `daytrade backup --list`, then `daytrade restore ID`. Nothing was replaced.',
  ),
  'backup.newer': conflict('The backup is of a newer version', 'Update day-trade, then restore. Nothing was replaced.'),
  'restore.not-empty': conflict(
    'There is a state already',
    'Restore into another folder with --state-dir, or insist with --replace: what is there is then gone.',
  ),
  'restore.differs': failed(
    'Restored models predict something else than was published',
    'Restore with the version of day-trade that predicted, or with --without-replay: rows and files are as they were ' +
      'backed up. Nothing was replaced.',
  ),
  'internal.bug': {
    kind: 'bug',
    status: 500,
    exitCode: 70,
    retryable: false,
    title: 'Something went wrong inside the platform',
    remedy: 'Please report it with the request id.',
  },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof errorCodes;
