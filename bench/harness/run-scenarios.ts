import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from './paths.ts';

/**
 * Runs tests that measure something in full, as `npm run test:<suite>` does but longer.
 *
 * @returns what they printed
 * @throws Error when one of them fails
 */
export async function runScenarios(
  suite: string,
  files: readonly string[],
  { quick, progress }: { readonly quick: boolean; readonly progress: (message: string) => void },
): Promise<string> {
  const vitest = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--config', `tests/${suite}/vitest.config.ts`, ...files], {
    cwd: repository,
    env: { ...process.env, DAYTRADE_FULL_MEASURE: quick ? '0' : '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const line of text.trimEnd().split('\n')) progress(line);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`a scenario failed, see above: vitest ended with ${code}`);
  return output;
}
