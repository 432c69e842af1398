import { defineConfig } from 'vitest/config';

const sources = ['{packages,services,apps}/*/src', 'tests/architecture', 'bench'].map(
  (folder) => `${folder}/**/*.test.ts`,
);
const notOurs = ['**/dist/**', '**/node_modules/**'];

/** What only Vitest's own way of loading modules can do: JSX of the page, and a module in place of another one. */
const transformed = ['apps/dashboard/src/**/*.test.ts', 'packages/ensemble/src/serving/known-features.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['tests/support/memory-folder.ts', 'tests/support/begin-new-state.ts'],
    // A settings file of whoever runs the tests changes nothing of them.
    env: { DAYTRADE_SETTINGS_FILE: '/dev/null' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than two processors: some tests wait for a time to pass.
    maxWorkers: 3,
    // A worker for each of 150 files costs as much as a third of the tests, and no module keeps state that another file
    // could see.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'sources',
          include: sources,
          exclude: [...notOurs, ...transformed],
          // The sources as Node.js runs them, which is also the faster way.
          experimental: { viteModuleRunner: false, nodeLoader: false },
        },
      },
      { extends: true, test: { name: 'transformed', include: transformed, exclude: notOurs } },
    ],
  },
});
