import { suite } from '../suite.ts';
import { beginFirst } from '../support/begin-first.ts';

/** Terraform against the simulator: two files at a time, since each starts processes of several hundred megabytes. */
export default suite('aws', {
  include: ['infrastructure/terraform/**/*.test.ts', 'tests/aws/**/*.test.ts'],
  testTimeout: 600_000,
  hookTimeout: 1_500_000,
  fileParallelism: true,
  maxWorkers: 2,
  sequence: { sequencer: beginFirst(/\/tests\/aws\/environments\//) },
});
