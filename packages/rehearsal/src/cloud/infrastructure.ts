import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyPlan,
  Cluster,
  differsFromCode,
  guardPlan,
  makePlanFile,
  outputsOf,
  type Programs,
  type Surroundings,
  type Target,
  terraformFolder,
  valuesFiles,
} from '@daytrade/deployment';
import type { Figure } from '../steps/figure.ts';
import type { Measured } from '../steps/step-result.ts';

/** Neither state nor plans nor providers of the clone go into the copy. */
const left = /\/(\.terraform|dist|node_modules)(\/|$)|\.tfstate|\.tfplan|backend_override\.tf$/;

/** What Terraform says of a folder that has made nothing: any other failure must not look as if nothing were left. */
const nothingYet = /No state file was found|initialization required/;

/** Any digest: a simulator runs no image. */
const digest = `sha256:${'3f'.repeat(32)}`;

/**
 * The environment's own Terraform, as a copy with its state beside it, against a simulator: planned, guarded, applied
 * and planned again by what a deployment runs.
 */
export class RehearsedInfrastructure {
  readonly #target: Target;
  readonly #surroundings: Surroundings;
  readonly #now: () => number;

  /**
   * @param root the folder of the clone
   * @param copy an empty folder
   * @param programs with the variables of the simulator
   */
  constructor(root: string, copy: string, target: Target, programs: Programs, now: () => number) {
    const folder = join(copy, 'infrastructure');
    cpSync(join(root, 'infrastructure'), folder, { recursive: true, filter: (path) => !left.test(path) });
    // The guard imports the names of the environments from there.
    cpSync(join(root, 'packages', 'deployment'), join(copy, 'packages', 'deployment'), { recursive: true });
    this.#target = target;
    this.#surroundings = { root: copy, programs, variables: {}, keepsState: true };
    this.#now = now;
    const image = target.cloud === 'aws' ? { image_digest: digest } : { slots: { blue: digest } };
    writeFileSync(join(this.folder, 'rehearsal.auto.tfvars.json'), JSON.stringify(image));
  }

  /** The folder that Terraform runs in. */
  get folder(): string {
    return terraformFolder(this.#surroundings.root, this.#target);
  }

  /** Plan, guard, that very plan applied, and a second plan that has to be empty. */
  async apply(): Promise<Measured> {
    const { sha256, summary } = await makePlanFile(this.#surroundings, this.#target);
    const planned = /^\*\*create: (\d+)\*\*$/m.exec(summary)?.[1] ?? '0';
    await guardPlan(this.#surroundings, this.#target);
    const began = this.#now();
    await applyPlan(this.#surroundings, this.#target, sha256);
    const seconds = (this.#now() - began) / 1000;
    const created = (await this.#managed()).length;
    const differs = await differsFromCode(this.#surroundings, this.#target);
    const figures: readonly Figure[] = [
      { id: 'planned', value: Number(planned), unit: '', bar: { least: 1 } },
      { id: 'guard', value: 'passed', unit: '' },
      { id: 'created', value: created, unit: '', bar: { is: Number(planned) } },
      { id: 'applySeconds', value: seconds, unit: 's' },
      { id: 'driftAfterApply', value: differs ? 1 : 0, unit: '', bar: { most: 0 } },
      { id: 'chartObjects', value: await this.#chartObjects(), unit: '', bar: { least: 1 } },
    ];
    return { figures };
  }

  /** How many objects the chart makes with the values that Terraform wrote for it. */
  async #chartObjects(): Promise<number> {
    const outputs = await outputsOf(this.#surroundings, this.#target);
    const written = outputs.chart_values ?? outputs.values_azure;
    const file = join(this.#surroundings.root, 'infrastructure', 'helm', 'values.outputs.yaml');
    writeFileSync(file, typeof written === 'string' ? written : '{}\n');
    const cluster = new Cluster(this.#surroundings, { environment: this.#target.environment });
    const outside = this.#target.cloud === 'azure' ? ['postgresql.enabled=false,redis.enabled=false'] : [];
    const files = [...valuesFiles(this.#target), 'values.outputs.yaml'];
    const objects = await cluster.render({ files, set: outside, options: [] });
    return objects.split('\n').filter((line) => line.startsWith('kind: ')).length;
  }

  /** Takes the protection away and destroys everything. */
  async destroy(programs: Programs): Promise<Measured> {
    const { environment, cloud } = this.#target;
    const file = `-var-file=${environment}.tfvars`;
    const unprotected = cloud === 'aws' ? [file, '-var=deletion_protection=false'] : [file];
    const run = (command: string) =>
      programs.run('terraform', [command, '-auto-approve', '-input=false', ...unprotected], { folder: this.folder });
    const isThere = (await this.#managed(programs)).length > 0;
    if (isThere && cloud === 'aws' && environment !== 'development') await run('apply');
    if (isThere) await run('destroy');
    return { figures: [{ id: 'left', value: (await this.#managed(programs)).length, unit: '', bar: { most: 0 } }] };
  }

  /** Addresses of what Terraform made. */
  async #managed(programs = this.#surroundings.programs): Promise<readonly string[]> {
    const list = await programs.readIfThere('terraform', ['state', 'list'], nothingYet, { folder: this.folder });
    return (list ?? '').split('\n').filter((line) => line !== '' && !/(^|\.)data\./.test(line));
  }
}
