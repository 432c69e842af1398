import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot, temporaryFolder } from '../running-process.ts';
import { run } from '../steps.ts';

/** Why Terraform refuses a value. */
export interface Refusal {
  readonly message: string;
  /** File and line of the validation that it broke; undefined when the type is wrong. */
  readonly rule: string | undefined;
}

const line = z.object({
  diagnostic: z.object({ severity: z.string(), summary: z.string(), detail: z.string() }).optional(),
});

/** A root's declarations of variables without its resources, which need no provider: a plan of them takes a moment. */
export class VariablesOnly {
  readonly folder = join(temporaryFolder('variables'), 'root');
  readonly #files: readonly string[];
  #plans = 0;

  /** @param root the folder below infrastructure/terraform, such as `aws` */
  constructor(root: string) {
    const terraform = join(repositoryRoot, 'infrastructure', 'terraform');
    const source = join(terraform, root);
    cpSync(join(terraform, 'support-dates.json'), join(this.folder, '..', 'support-dates.json'));
    this.#files = globSync('variables*.tf', { cwd: source }).sort();
    for (const file of [...this.#files, ...globSync(['*.tfvars', 'certificates'], { cwd: source })]) {
      cpSync(join(source, file), join(this.folder, file), { recursive: true });
    }
  }

  /** `terraform plan` with an environment's values, where there are such, and others over them. */
  async plan(environment: string | undefined, others: Readonly<Record<string, unknown>>): Promise<Refusal[]> {
    const file = join(this.folder, `others-${this.#plans++}.tfvars.json`);
    writeFileSync(file, JSON.stringify(others));
    const values = environment === undefined ? [] : [`-var-file=${environment}.tfvars`];
    const options = ['-json', '-input=false', '-lock=false', ...values, `-var-file=${file}`];
    const settings = { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '' };
    const ended = await run('terraform', ['plan', ...options], {
      folder: this.folder,
      environment: settings,
      allowed: [0, 1],
    });
    const lines = ended.stdout.split('\n').filter((text) => text !== '');
    return lines.flatMap((text) => {
      const { diagnostic } = line.parse(JSON.parse(text));
      if (diagnostic?.severity !== 'error') return [];
      const message = `${diagnostic.summary}: ${diagnostic.detail}`;
      return [{ message, rule: /validation rule at ([\w.-]+:\d+),/.exec(diagnostic.detail)?.[1] }];
    });
  }

  /** File and line of every `validation` block. */
  get rules(): string[] {
    return this.#files.flatMap((file) => {
      const lines = readFileSync(join(this.folder, file), 'utf8').split('\n');
      return lines.flatMap((text, index) => (text === '  validation {' ? [`${file}:${index + 1}`] : []));
    });
  }
}
