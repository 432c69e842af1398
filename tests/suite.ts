import type { ViteUserConfig } from 'vitest/config';

/**
 * The configuration of the suite in `tests/NAME`, whose files run one after another unless it says otherwise: they
 * start servers, and their figures should mean something.
 */
export function suite(name: string, own: NonNullable<ViteUserConfig['test']>): ViteUserConfig {
  return {
    test: {
      include: [`tests/${name}/**/*.test.ts`],
      exclude: ['**/dist/**', '**/node_modules/**'],
      fileParallelism: false,
      env: { DAYTRADE_SETTINGS_FILE: '/dev/null', TEST_SUITE: name },
      ...own,
    },
  };
}
