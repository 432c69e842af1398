import {
  DeleteObjectCommand,
  GetObjectCommand,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { DayTradeError, type ErrorCode } from '@daytrade/errors';
import { checkObjectKey, type ObjectEntry, ObjectStore, type VersionedObject } from './object-store.ts';

/** A bucket of S3, or of a server that speaks its API. Region and credentials come from the AWS SDK's own chain. */
export interface S3ObjectStoreOptions {
  readonly bucket: string;
  /** Prefix of every key: 'production' stores 'models/a' as 'production/models/a'. '' for none. */
  readonly prefix: string;
  /** Address of a server with the S3 API, in path style; default: S3 itself. */
  readonly endpoint?: string | undefined;
  /** Undefined: the one of the environment. */
  readonly region?: string | undefined;
}

/** Attempts of one request, with the SDK's backoff. */
const maxAttempts = 4;
const connectMilliseconds = 3_000;
const requestMilliseconds = 30_000;

/** An object store in a bucket. An object's version is its ETag. */
export class S3ObjectStore extends ObjectStore {
  readonly #client: S3Client;
  readonly #options: S3ObjectStoreOptions;
  readonly #folder: string;

  constructor(options: S3ObjectStoreOptions) {
    super();
    this.#options = options;
    this.#folder = options.prefix === '' ? '' : `${options.prefix.replace(/\/+$/, '')}/`;
    this.#client = new S3Client(clientConfig(options));
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    await this.#put(key, bytes, {});
  }

  async putIf(key: string, bytes: Uint8Array, expected: string | null): Promise<string | undefined> {
    try {
      return await this.#put(key, bytes, expected === null ? { IfNoneMatch: '*' } : { IfMatch: expected });
    } catch (error) {
      if (isPreconditionFailed(error)) return undefined;
      throw error;
    }
  }

  async getVersioned(key: string): Promise<VersionedObject | undefined> {
    const place = this.#place(key);
    return await this.#asked(async () => {
      try {
        const answer = await this.#client.send(new GetObjectCommand(place));
        return { bytes: await answer.Body!.transformToByteArray(), version: answer.ETag! };
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    });
  }

  async entries(prefix: string): Promise<readonly ObjectEntry[]> {
    return await this.#asked(async () => {
      const where = { Bucket: this.#options.bucket, Prefix: `${this.#folder}${prefix}` };
      const entries: ObjectEntry[] = [];
      for await (const page of paginateListObjectsV2({ client: this.#client }, where)) {
        entries.push(...entriesOf(page, this.#folder.length));
      }
      return entries;
    });
  }

  async delete(key: string): Promise<void> {
    const place = this.#place(key);
    await this.#asked(() => this.#client.send(new DeleteObjectCommand(place)));
  }

  close(): void {
    this.#client.destroy();
  }

  async #put(key: string, bytes: Uint8Array, condition: { IfMatch?: string; IfNoneMatch?: string }): Promise<string> {
    const command = new PutObjectCommand({ ...this.#place(key), ...condition, Body: bytes });
    return await this.#asked(async () => (await this.#client.send(command)).ETag!);
  }

  #place(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#options.bucket, Key: `${this.#folder}${checkObjectKey(key)}` };
  }

  async #asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      throw objectStoreError(error, this.#options);
    }
  }
}

function clientConfig({ endpoint, region }: S3ObjectStoreOptions): S3ClientConfig {
  const requestHandler = { connectionTimeout: connectMilliseconds, requestTimeout: requestMilliseconds };
  const common = { maxAttempts, requestHandler, ...(region !== undefined && { region }) };
  if (endpoint === undefined) return common;
  // Other servers support neither bucket names in the host nor the newer checksums.
  const checksums = {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
  return { ...common, endpoint, forcePathStyle: true, ...checksums };
}

function entriesOf({ Contents = [] }: ListObjectsV2CommandOutput, folderLength: number): ObjectEntry[] {
  return Contents.map(({ Key, ETag, LastModified }) => ({
    key: Key!.slice(folderLength),
    version: ETag!,
    updatedAt: LastModified!.getTime(),
  }));
}

export function isAbsent(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchKey';
}

export function isPreconditionFailed(error: unknown): boolean {
  const cause = error instanceof DayTradeError ? error.cause : error;
  if (!(cause instanceof S3ServiceException)) return false;
  // 409: two conditional writes collided. 404: the object to replace is gone.
  return cause.$metadata.httpStatusCode === 412 || cause.name === 'ConditionalRequestConflict' || isAbsent(cause);
}

/** Returns the error of a failed request, with bucket and server and without credentials. */
export function objectStoreError(
  error: unknown,
  { bucket, endpoint }: { readonly bucket: string; readonly endpoint?: string | undefined },
): unknown {
  if (error instanceof DayTradeError) return error;
  const store = `the bucket ${bucket}${endpoint === undefined ? ' on S3' : ` on ${endpoint}`}`;
  const errorOf = (code: ErrorCode, message: string) =>
    new DayTradeError(code, `${store} ${message}`, { cause: error });

  const reason = error instanceof Error ? error.message || error.name : String(error);
  if (!(error instanceof S3ServiceException)) return errorOf('service.unavailable', `does not answer: ${reason}`);
  const status = error.$metadata.httpStatusCode ?? 500;
  if (status >= 500 || status === 429) return errorOf('service.unavailable', `cannot serve now: ${reason}`);
  return errorOf('dependency.refused', `refuses the request: ${error.name}: ${reason}`);
}
