import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chart, run } from './programs.ts';
import { withPrograms } from './with-programs.ts';

const folder = join(import.meta.dirname, 'bad-values');
/** The first line of each file names the key that is wrong: `# mlService.replicaCount`. */
const files = readdirSync(folder).map((name) => {
  const key = readFileSync(join(folder, name), 'utf8').match(/^# (\S+)$/m)?.[1] ?? 'the first line names no key';
  return { name, key };
});

withPrograms(['helm'], 'a wrong values file', () => {
  it('is tried in at least fifteen ways', () => expect(files.length).toBeGreaterThanOrEqual(15));

  it.each(files)('is refused with the path of the key: $name, $key', ({ name, key }) => {
    const { exitCode, stdout, output } = run('helm', ['template', 'a', chart, '--values', join(folder, name)]);
    expect(exitCode).not.toBe(0);
    // Helm 3 writes a.b.c, Helm 4 /a/b/c; nothing is rendered, so nothing can be applied.
    expect(output.replaceAll('/', '.')).toMatch(new RegExp(`(^|[^a-zA-Z])${key.replaceAll('.', '\\.')}\\b`, 'm'));
    expect(stdout.trim()).toBe('');
  });
});
