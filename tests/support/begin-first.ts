import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * An order of a suite's files in which those whose path matches begin first, since others can run beside what takes
 * long.
 */
export function beginFirst(path: RegExp): typeof BaseSequencer {
  const rank = ({ moduleId }: TestSpecification) => (path.test(moduleId) ? 0 : 1);
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
    }
  };
}
