import { createService } from '../create-service.ts';
import { createLogger } from '../server/logging.ts';
import type { Service, ServiceOptions } from '../service.ts';

/** A service without routes; silent, where the test has no logger of its own. */
export async function testService(options: Partial<ServiceOptions> = {}): Promise<Service> {
  const logger = createLogger({ level: 'silent' });
  return await createService({ name: 'test-service', description: 'A test', version: '1.2.3', logger, ...options });
}
