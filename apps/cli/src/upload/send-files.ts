import { open } from 'node:fs/promises';
import { routes, uploadKeptHours, uploadPartBytes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { ServiceClient } from '@daytrade/service/client';
import type { CommandContext } from '../define-command.ts';
import { say } from '../language/language.ts';
import { ProgressLine, type ProgressStream } from '../output/progress-line.ts';
import type { LocalFiles } from './import-folder.ts';

/** Number of parts that are sent at the same time. */
const partsAtOnce = 4;

/**
 * Sends the parts of files that the data service lacks. After a failure the same command sends the rest.
 *
 * @returns the id of the complete upload
 * @throws DayTradeError `run.cancelled` after Ctrl-C, where the service keeps the sent parts; `upload.not-found` when
 *   another command imported the same files meanwhile; `upload.content-differs` when a file changed meanwhile
 */
export async function sendFiles(
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
  data: ServiceClient<'data'>,
  files: LocalFiles,
): Promise<string> {
  let progress: SendingProgress | undefined;
  try {
    const options = { body: files.announcement, signal };
    const { id, missing } = await data.call(routes.announceUpload, options);
    const parts = partsToSend(files, new Set(missing));
    progress = new SendingProgress(terminal.stderr, files, parts);
    await sendAll({ data, id, progress, signal }, parts);
    return id;
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

/** A part of a file, named by its hash. */
interface Part {
  readonly part: string;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

function partsToSend({ announcement, paths }: LocalFiles, missing: Set<string>): Part[] {
  return announcement.files.flatMap(({ name, bytes, parts }) =>
    parts.flatMap((part, index) => {
      const offset = index * uploadPartBytes;
      const length = Math.min(uploadPartBytes, bytes - offset);
      return missing.delete(part) ? [{ part, path: paths.get(name)!, offset, length }] : [];
    }),
  );
}

interface Sending {
  readonly data: ServiceClient<'data'>;
  readonly id: string;
  readonly progress: SendingProgress;
  readonly signal: AbortSignal;
}

/** Sends all parts, some at the same time. The first failure stops the rest. */
async function sendAll(sending: Sending, parts: readonly Part[]): Promise<void> {
  const waiting = [...parts];
  const failure = new AbortController();
  const signal = AbortSignal.any([sending.signal, failure.signal]);
  const sendWaiting = async () => {
    try {
      for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
        await sendPart({ ...sending, signal }, part);
      }
    } catch (error) {
      failure.abort();
      throw error;
    }
  };
  await Promise.all(Array.from({ length: partsAtOnce }, sendWaiting));
}

async function sendPart({ data, id, progress, signal }: Sending, { part, path, offset, length }: Part): Promise<void> {
  const bytes = Buffer.alloc(length);
  await using file = await open(path);
  await file.read(bytes, 0, length, offset);
  await data.call(routes.sendPart, { params: { id, part }, bytes, signal });
  progress.show(length);
}

const megabyte = 1_000_000;

/** Shows how much of an upload has been sent, how fast, and how long the rest takes at that pace. */
class SendingProgress {
  readonly #line: ProgressLine;
  readonly #total: number;
  readonly #startedWith: number;
  readonly #startedAt = performance.now();
  /** Bytes that have come, those of earlier attempts too. */
  #sent: number;

  constructor(stream: ProgressStream, { announcement }: LocalFiles, parts: readonly Part[]) {
    this.#line = new ProgressLine(stream, 'import', () => performance.now());
    this.#total = announcement.files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#startedWith = parts.reduce((left, { length }) => left - length, this.#total);
    this.#sent = this.#startedWith;
  }

  /** Sent and total size in megabytes. */
  get words(): string {
    return say`${(this.#sent / megabyte).toFixed(1)} of ${(this.#total / megabyte).toFixed(1)} MB`;
  }

  show(bytes: number): void {
    this.#sent += bytes;
    const perSecond = (this.#sent - this.#startedWith) / ((performance.now() - this.#startedAt) / 1_000);
    this.#line.show(
      {
        stage: 'sending files',
        fraction: this.#sent / this.#total,
        remainingSeconds: (this.#total - this.#sent) / perSecond,
        message: `${this.words}, ${(perSecond / megabyte).toFixed(1)} MB/s`,
      },
      false,
    );
  }

  end(): void {
    this.#line.end();
  }
}
