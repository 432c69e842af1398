import { addressesOfRoutes } from '@daytrade/contracts';
import { defineConfig } from 'vitest/config';
import { tags } from '../suite.ts';

export default defineConfig({
  // As the build of the page puts it in.
  define: { ADDRESSES: JSON.stringify(addressesOfRoutes()) },
  test: {
    include: [
      '{packages,services,apps}/*/src/**/*.test.ts',
      'tests/{architecture,fuzz,support}/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    exclude: ['**/dist/**', '**/node_modules/**'],
    globalSetup: ['tests/support/memory-folder.ts', 'tests/support/begin-new-state.ts'],
    // The settings file and the language of the one who runs the tests change nothing of them.
    env: { DAYTRADE_SETTINGS_FILE: '/dev/null', DAYTRADE_LANGUAGE: 'en' },
    tags,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than two processors: some tests wait for a time to pass.
    maxWorkers: 3,
    // A worker for each of 150 files costs as much as a third of the tests, and no module keeps state that another file
    // could see.
    isolate: false,
  },
});
