import { join } from 'node:path';
import { RunningProcess } from '../../tests/support/running-process.ts';

/** One shell for all that somebody types: a variable and a folder of one block are there in the next. */
export class Terminal {
  readonly #shell: RunningProcess;
  #typed = 0;

  /**
   * @param folder where it begins
   * @param home an empty folder: nobody has signed in there
   * @param environment with the PATH of its tools
   */
  constructor(folder: string, home: string, environment: Readonly<Record<string, string>>) {
    const own = {
      HOME: home,
      KUBECONFIG: join(home, '.kube', 'config'),
      AZURE_CONFIG_DIR: join(home, '.azure'),
      AZURE_CORE_COLLECT_TELEMETRY: 'false',
    };
    const options = { folder, isTyped: true, timeoutSeconds: 1800, environment: { ...environment, ...own } };
    this.#shell = new RunningProcess('sh', ['-eu'], options);
  }

  /** Types commands and waits for their end. @throws Error with all that was printed when one fails */
  async type(commands: string): Promise<{ readonly stdout: string; readonly seconds: number }> {
    const [began, before] = [performance.now(), this.#shell.stdout.length];
    this.#typed += 1;
    const end = `end of block ${this.#typed}`;
    this.#shell.type(`${commands.trimEnd()}\nprintf '\\n${end}\\n'\n`);
    const { index } = await this.#shell.until('stdout', new RegExp(`^${end}$`, 'm'));
    const stdout = this.#shell.stdout.slice(before, index).trim();
    return { stdout, seconds: (performance.now() - began) / 1000 };
  }
}
