import { parseSettings } from '@daytrade/contracts';
import { createLogger, createService, edgeOf, type Service } from '@daytrade/service';
import { onTestFinished } from 'vitest';

/** A service with nothing in it, to which a test adds routes or metrics; closed when the test has finished. */
export async function emptyService(): Promise<Service> {
  const service = await createService({
    name: 'scheduler-service',
    description: 'a test',
    version: '1.2.3',
    logger: createLogger({ level: 'silent' }),
    ...edgeOf(parseSettings({})),
    checks: [],
  });
  onTestFinished(() => service.close());
  return service;
}
