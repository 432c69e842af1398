import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { routes, type Upload, uploadKeptHours } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { ServiceClient } from '@daytrade/service/client';
import type { CommandContext } from '../define-command.ts';
import { ProgressLine, type ProgressStream } from '../output/progress-line.ts';
import type { LocalFiles } from './import-folder.ts';

/** A service that is started again is back in less than the sum. */
const pausesSeconds = [0.2, 0.5, 1, 2, 4, 8, 15, 15, 15];
/** Files that are sent at once, since each answer takes a while to come. */
const filesAtOnce = 4;

/**
 * Sends what a data service does not have of the files yet. A service that is away for a minute is waited for.
 *
 * @returns the id of the upload, which is complete
 * @throws DayTradeError `run.cancelled` after Ctrl-C; what was sent is kept then. `upload.no-room`, `input.too-large`;
 *   `upload.not-found` when somebody else imported or dropped the same files meanwhile
 */
export async function sendFiles(
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
  data: ServiceClient<'data'>,
  files: LocalFiles,
): Promise<string> {
  let progress: SendingProgress | undefined;
  try {
    const options = { body: files.announcement, signal };
    const upload = await steadily(signal, () => data.call(routes.announceUpload, options));
    progress = new SendingProgress(terminal.stderr, upload);
    await sendAll({ data, upload, progress, signal }, files.paths);
    return upload.id;
  } catch (error) {
    if (!signal.aborted) throw error;
    const sent = progress === undefined ? 'nothing' : progress.words;
    throw new DayTradeError(
      'run.cancelled',
      `the import was stopped when ${sent} had been sent; the same command continues from there, for ` +
        `${uploadKeptHours} hours`,
    );
  } finally {
    progress?.end();
  }
}

/** Some at once; the first that fails stops the others. */
async function sendAll(sending: Sending, paths: LocalFiles['paths']): Promise<void> {
  const waiting = sending.upload.files.filter(({ bytes, received }) => received < bytes);
  const failure = new AbortController();
  const signal = AbortSignal.any([sending.signal, failure.signal]);
  const sendWaiting = async () => {
    try {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
        await sendFile({ ...sending, signal }, file, paths.get(file.name)!);
      }
    } catch (error) {
      failure.abort();
      throw error;
    }
  };
  await Promise.all(Array.from({ length: filesAtOnce }, sendWaiting));
}

interface Sending {
  readonly data: ServiceClient<'data'>;
  readonly upload: Upload;
  readonly progress: SendingProgress;
  readonly signal: AbortSignal;
}

async function sendFile(sending: Sending, file: Upload['files'][number], path: string): Promise<void> {
  const handle = await open(path);
  try {
    let offset = file.received;
    let startedOver = false;
    while (offset < file.bytes) {
      try {
        offset = await sendPart(sending, file, handle, offset);
      } catch (error) {
        if (isOf(error, 'upload.offset-conflict')) offset = Number(error.details.received);
        else if (isOf(error, 'upload.content-differs') && !startedOver) {
          // Parts of an earlier attempt may have been of another content.
          startedOver = true;
          offset = 0;
        } else throw error;
      }
      sending.progress.show(file.name, offset);
    }
  } finally {
    await handle.close();
  }
}

/** Bytes of the file that have come then. */
async function sendPart(
  { data, upload, signal }: Sending,
  { name, bytes }: Upload['files'][number],
  handle: FileHandle,
  offset: number,
): Promise<number> {
  const part = Buffer.alloc(Math.min(upload.partBytes, bytes - offset));
  const { bytesRead } = await handle.read(part, 0, part.length, offset);
  if (bytesRead < part.length) {
    throw new DayTradeError('upload.content-differs', `${name} became shorter while it was sent`);
  }
  const options = { params: { id: upload.id, name }, query: { offset }, bytes: part, signal };
  return (await steadily(signal, () => data.call(routes.sendPart, options))).received;
}

/** Tries again while the service does not answer or is not ready. */
async function steadily<Answer>(signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
  for (const seconds of pausesSeconds) {
    try {
      return await ask();
    } catch (error) {
      if (!isOf(error, 'service.unreachable') && !isOf(error, 'service.unavailable')) throw error;
    }
    await pause(seconds * 1_000, undefined, { signal });
  }
  return await ask();
}

function isOf(error: unknown, code: DayTradeError['code']): error is DayTradeError {
  return isDayTradeError(error) && error.code === code;
}

const megabyte = 1_000_000;

/** Shows how much of an upload has been sent, how fast, and how long the rest takes at that pace. */
class SendingProgress {
  readonly total: number;
  readonly #line: ProgressLine;
  readonly #now: () => number;
  readonly #received = new Map<string, number>();
  readonly #startedAt: number;
  readonly #startedWith: number;

  /** @param now a clock in milliseconds */
  constructor(stream: ProgressStream, { files }: Pick<Upload, 'files'>, now: () => number = () => performance.now()) {
    this.#line = new ProgressLine(stream, 'import', now);
    this.#now = now;
    this.total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { name, received } of files) this.#received.set(name, received);
    this.#startedAt = now();
    this.#startedWith = this.sent;
  }

  /** Bytes that have come, those of earlier attempts too. */
  get sent(): number {
    return this.#received.values().reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Sent and total size in megabytes. */
  get words(): string {
    return `${(this.sent / megabyte).toFixed(1)} of ${(this.total / megabyte).toFixed(1)} MB`;
  }

  show(name: string, received: number): void {
    this.#received.set(name, received);
    const seconds = (this.#now() - this.#startedAt) / 1_000;
    const perSecond = seconds > 0 ? (this.sent - this.#startedWith) / seconds : 0;
    this.#line.show(
      {
        stage: 'sending files',
        fraction: this.total === 0 ? 1 : this.sent / this.total,
        remainingSeconds: perSecond > 0 ? (this.total - this.sent) / perSecond : null,
        message: `${this.words}, ${(perSecond / megabyte).toFixed(1)} MB/s`,
      },
      false,
    );
  }

  end(): void {
    this.#line.end();
  }
}
