import type { ViteUserConfig } from 'vitest/config';

/** A test that takes a second or more by itself carries it: `npm test` leaves it to `npm run test:long`. */
export const tags = [{ name: 'long', description: 'takes a second or more by itself' }];

interface SuiteOptions extends NonNullable<ViteUserConfig['test']> {
  /** Whether something that it starts lives on, and with it the files that are temporary. */
  readonly leavesServers?: true;
}

/**
 * The configuration of the suite in `tests/NAME`, whose files run one after another unless it says otherwise: they
 * start servers, and their figures should mean something. Their temporary folders go when it ends.
 */
export function suite(name: string, { globalSetup = [], leavesServers, ...own }: SuiteOptions): ViteUserConfig {
  return {
    test: {
      include: [`tests/${name}/**/*.test.ts`],
      exclude: ['**/dist/**', '**/node_modules/**'],
      fileParallelism: false,
      // A worker of its own for each file loads what all of them use again.
      isolate: false,
      tags,
      globalSetup: [leavesServers ? [] : 'tests/support/suite-folder.ts', globalSetup].flat(),
      env: { DAYTRADE_SETTINGS_FILE: '/dev/null', DAYTRADE_LANGUAGE: 'en', TEST_SUITE: name },
      ...own,
    },
  };
}
