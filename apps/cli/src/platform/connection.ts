import type { ServiceClient } from '@daytrade/service-kit';

/** The three services as a command sees them: those of `daytrade up` over HTTP, or opened in this process. */
export interface Connection {
  readonly data: ServiceClient;
  readonly ml: ServiceClient;
  readonly scheduler: ServiceClient;
  close(): Promise<void>;
}
