import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One `run` block of a test file, as Terraform went through it. */
export interface TestRun {
  readonly name: string;
  readonly passed: boolean;
  /** Its `assert` blocks and what it expects to fail; a run that passed has evaluated all of them. */
  readonly assertions: number;
  /** What Terraform says of each that does not hold, or of what kept the run from its end. */
  readonly failures: readonly string[];
}

const line = z.object({
  '@testrun': z.string().optional(),
  test_run: z.object({ run: z.string(), progress: z.string(), status: z.string().optional() }).optional(),
  diagnostic: z.object({ severity: z.string(), summary: z.string(), detail: z.string() }).optional(),
});

/**
 * What a run of `terraform test -json` did.
 * @param output its lines
 * @param file the test file that it ran, for the number of assertions
 */
export function readTestRuns(output: string, file: string): TestRun[] {
  const lines = output
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)));
  const assertions = countAssertions(readFileSync(file, 'utf8'));
  return lines.flatMap(({ test_run: run }) => {
    if (run?.progress !== 'complete') return [];
    const failures = lines
      .filter((other) => other['@testrun'] === run.run && other.diagnostic?.severity === 'error')
      .map(({ diagnostic }) => diagnostic?.detail || diagnostic?.summary || '');
    return [{ name: run.run, passed: run.status === 'pass', assertions: assertions.get(run.run) ?? 0, failures }];
  });
}

/** The number of assertions by the name of their `run`, in a file as `terraform fmt` writes it. */
function countAssertions(source: string): Map<string, number> {
  const counts = new Map<string, number>();
  let name = '';
  for (const text of source.split('\n')) {
    name = /^run "(\w+)" \{$/.exec(text)?.[1] ?? name;
    const expected = /^ {2}expect_failures = \[(.+)\]$/.exec(text)?.[1]?.split(',').length ?? 0;
    const asserted = text === '  assert {' ? 1 : expected;
    if (asserted > 0) counts.set(name, (counts.get(name) ?? 0) + asserted);
  }
  return counts;
}
