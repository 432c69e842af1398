import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/redis-server.ts';
import { RunningProcess, temporaryFolder } from '../../support/running-process.ts';
import { awsPython } from './aws-python.ts';

/** Regions that the configuration uses: where everything runs, and where copies go. */
export const regions = ['ap-northeast-1', 'ap-northeast-3'] as const;

export class Simulator {
  /** What the AWS command line, the SDKs and Terraform need to find it, and nothing of a person's own account. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #process: RunningProcess;

  private constructor(endpoint: string, process: RunningProcess) {
    this.#process = process;
    const empty = join(temporaryFolder('aws-config'), 'config');
    writeFileSync(empty, '[default]\n');
    this.environment = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: regions[0],
      AWS_DEFAULT_REGION: regions[0],
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SESSION_TOKEN: '',
      AWS_PROFILE: 'default',
      AWS_CONFIG_FILE: empty,
      AWS_SHARED_CREDENTIALS_FILE: empty,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '3',
    };
  }

  static async start(): Promise<Simulator> {
    const { python } = await awsPython();
    const port = await freePort();
    const script = join(import.meta.dirname, '..', 'simulator', 'serve.py');
    const started = new RunningProcess(python, ['-u', script, '-p', String(port)], { timeoutSeconds: 3000 });
    await started.until('stderr', /Running on/);
    return new Simulator(`http://127.0.0.1:${port}`, started);
  }

  /** Actions that it was asked for and does not have, from its output. */
  get missingActions(): string[] {
    const named = this.#process.stderr.matchAll(/NotImplementedError: (.*)|action (\w+) has not been implemented/g);
    return [...new Set([...named].map((match) => match[1] ?? match[2] ?? ''))];
  }

  /**
   * What went wrong in it last, or nothing: of a failure that was retried Terraform reports only what the last attempt
   * said.
   */
  get lastError(): string {
    const at = this.#process.stderr.lastIndexOf('Traceback (most recent call last)');
    return at < 0 ? '' : this.#process.stderr.slice(at, at + 4000);
  }

  stop(): void {
    this.#process.kill();
  }
}
