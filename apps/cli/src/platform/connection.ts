import type { ServiceClient } from '@daytrade/service/client';

/** The three services as a command sees them: those of `daytrade up` over HTTP, or opened in this process. */
export interface Connection {
  readonly data: ServiceClient<'data'>;
  readonly ml: ServiceClient<'ml'>;
  readonly scheduler: ServiceClient<'scheduler'>;
  /** Whether the services look at the files of this machine, so that a path means the same to them. */
  readonly sharesFiles: boolean;
  close(): Promise<void>;
}
