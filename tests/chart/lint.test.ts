import { expect, it } from 'vitest';
import { chart, run } from './programs.ts';
import { flagsOf, variants } from './variants.ts';
import { withPrograms } from './with-programs.ts';

withPrograms(['helm'], 'helm lint --strict', () => {
  it.each(variants)('finds nothing: $name', (variant) => {
    const { exitCode, output } = run('helm', ['lint', '--strict', chart, ...flagsOf(variant)]);
    expect(exitCode, output).toBe(0);
    expect(output).toContain('0 chart(s) failed');
  });
});
