import type { ServiceClient } from '@daytrade/service-kit';

/** The three services as a command sees them, wherever they run. */
export interface Connection {
  readonly data: ServiceClient;
  readonly ml: ServiceClient;
  readonly scheduler: ServiceClient;
  /** 'running': `daytrade up` answers over HTTP; 'embedded': the services were opened in this process. */
  readonly mode: 'running' | 'embedded';
  close(): Promise<void>;
}
