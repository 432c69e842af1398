import { suite } from '../suite.ts';

/** What starts real processes: minutes, not seconds. */
export default suite('platform', {
  testTimeout: 420_000,
  hookTimeout: 420_000,
  // Beside other suites a page takes longer than the second that vitest polls for.
  expect: { poll: { timeout: 20_000 } },
});
