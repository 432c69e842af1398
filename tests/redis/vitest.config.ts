import { suite } from '../suite.ts';

/** The queue on a real redis-server, which each file starts for itself. */
export default suite('redis', {
  globalSetup: ['tests/support/install-redis.ts'],
  testTimeout: 90_000,
  hookTimeout: 60_000,
});
