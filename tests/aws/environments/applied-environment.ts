import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { step } from '../../support/steps.ts';
import { type AppliedTerraform, applyProductionOn, planAgain } from '../../support/terraform/applied-terraform.ts';
import { keepProvider } from '../../support/terraform/running-provider.ts';
import { TerraformFolder, type TerraformThere } from '../../support/terraform/terraform.ts';
import { type Account, readAccount } from '../account/account.ts';
import { aws } from '../tooling/aws-command.ts';
import { Simulator } from '../tooling/simulator.ts';

/** Any digest: the simulator runs no tasks. */
export const imageDigest = `sha256:${'3f'.repeat(32)}`;

/** A role that the cluster lets into the application's namespace. */
const deployer = 'arn:aws:iam::123456789012:role/ci';

const variables = '-var-file=production.tfvars';

const valued = (...values: readonly string[]) => values.map((value) => `-var=${value}`);

/** Higher versions, a new value of each secret, and no protection, so that a destruction can follow. */
const raised = [
  variables,
  ...valued('token_version=2', 'redis_password_version=2', 'db_password_version=2'),
  ...valued('eks_version=1.36', 'db_engine_version=18', 'db_apply_immediately=true', 'deletion_protection=false'),
];
/** Attributes that protect from a deletion. */
const protection = ['deletion_protection', 'enable_deletion_protection', 'force_destroy', 'recovery_window_in_days'];

/** Production, brought up from nothing with the commands that its readers type. */
export interface AppliedEnvironment extends AppliedTerraform {
  readonly simulator: Simulator;
  /** The database's password, which somebody chose. */
  readonly password: string;
  /** ARNs of the roles by which CI deploys, by environment. Terraform has that of production. */
  readonly roles: Readonly<Record<string, string>>;
  /** ARNs of the roles by which CI plans, which change nothing. */
  readonly plans: Readonly<Record<string, string>>;
  readonly before: Account;
  readonly after: Account;
}

/**
 * Runs `init`, `plan`, `apply` and a second `plan` against a simulated account where bootstrap was applied, as a
 * workflow of GitHub with the role of production. A domain of one's own is in Route 53, by which ACM issues the
 * certificate.
 */
export async function applyProduction(there: TerraformThere): Promise<AppliedEnvironment> {
  const simulator = await Simulator.start();
  const { roles, plans, ...shared } = await bootstrap(simulator, there);
  const password = randomBytes(24).toString('base64url');
  const given = {
    ...shared,
    image_digest: imageDigest,
    db_password: password,
    domain_name: 'day-trade.example.com',
    route53_zone_id: await makeZone(simulator),
    eks_deployers: JSON.stringify([deployer]),
    s3_use_path_style: 'true',
  };
  const before = await readAccount(simulator);
  const terraform = new TerraformFolder(there, 'aws', {
    ...simulator.environment,
    ...(await credentialsOf(simulator, roles.production)),
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`TF_VAR_${name}`, value])),
    TF_CLI_ARGS_apply: parallelism,
    TF_CLI_ARGS_destroy: parallelism,
  });
  const { plan, output } = await applyProductionOn(simulator, terraform, [variables]);
  // As the specification has it, without the image: what runs stays.
  Reflect.deleteProperty(terraform.environment, 'TF_VAR_image_digest');
  // As a workflow that looks for drift, by the role that reads.
  const own = { ...terraform.environment };
  Object.assign(terraform.environment, await credentialsOf(simulator, plans.production));
  const secondPlan = await planAgain(terraform, [variables]);
  Object.assign(terraform.environment, own);
  const after = await readAccount(simulator);
  return { simulator, terraform, password, roles, plans, before, after, plan, output, secondPlan };
}

/** Raises versions, replaces secrets and takes the protection away. Returns the database's new password too. */
export async function raiseProduction({ terraform }: AppliedEnvironment) {
  const password = randomBytes(24).toString('base64url');
  Object.assign(terraform.environment, { TF_VAR_db_password: password });
  const raise = await change(terraform, 'higher versions and new secrets', raised);
  return { ...raise, password, secondPlan: await planAgain(terraform, raised) };
}

/** Brings the database back to a time by the README's commands. Returns both applies, and the plan after them. */
export async function restoreDatabase({ terraform, simulator }: AppliedEnvironment) {
  const old = 'day-trade-production-old';
  const rds = (command: string) => aws(simulator, ['rds', ...command.split(' ')], terraform.environment);
  const names = `--db-instance-identifier day-trade-production --new-db-instance-identifier ${old}`;
  await rds(`modify-db-instance ${names} --apply-immediately`);
  await rds(`wait db-instance-available --db-instance-identifier ${old}`);
  await terraform.run(['state', 'rm', 'aws_db_instance.main']);
  const restore = `-var=db_restore={instance="${old}", time="${new Date().toISOString().slice(0, 19)}Z"}`;
  const restored = await change(terraform, 'a restored database', [...raised, restore]);
  const settled = await change(terraform, 'what a restore does not take', raised);
  return { restored, settled, secondPlan: await planAgain(terraform, raised) };
}

/** Applies a plan. Returns the resources that change, without keys, and the values that change and are known. */
async function change(terraform: TerraformFolder, of: string, options: readonly string[]) {
  const args = ['plan', ...options, '-out=plan.bin'];
  const { stdout } = await step(`production: terraform plan of ${of}`, () => terraform.run(args));
  const { stdout: plan } = await terraform.run(['show', '-json', 'plan.bin']);
  type Values = Readonly<Record<'before' | 'after' | 'after_unknown', Readonly<Record<string, unknown>> | null>>;
  const planned: { address: string; change: Values & { actions: string[] } }[] = JSON.parse(plan).resource_changes;
  const changes = planned.filter(({ change: { actions } }) => !['no-op', 'read'].includes(actions.join()));
  const resources = new Set(changes.map(({ address }) => address.replaceAll(/\["[\w-]+"\]/g, '')));
  const values = changes.flatMap(({ address, change: { before, after, after_unknown } }) => {
    const isKnown = (key: string) => !JSON.stringify(after_unknown?.[key] ?? false).includes('true');
    const keys = Object.keys(after ?? {}).filter((key) => isKnown(key) && !protection.includes(key));
    const isOther = (key: string) => after?.[key] !== null && !isDeepStrictEqual(after?.[key], before?.[key]);
    return keys.filter(isOther).map((key) => `${address}: ${key}`);
  });
  const applied = await step(`production: terraform apply of ${of}`, () => terraform.run(['apply', 'plan.bin']));
  return { plan, resources: [...resources], values, output: stdout + applied.stdout };
}

/** Destroys what the last plan has found as it is, and reads the account again. */
export async function destroyProduction({ terraform, simulator }: AppliedEnvironment): Promise<Account> {
  const args = ['destroy', '-auto-approve', '-refresh=false', ...raised];
  await step('production: terraform destroy', () => terraform.run(args));
  return readAccount(simulator);
}

/** Signs in with a role as a job of GitHub does, and returns its credentials as environment variables. */
export async function credentialsOf(simulator: Simulator, role = ''): Promise<Record<string, string>> {
  const assumed = ['--role-arn', role, '--role-session-name', 'deployment', '--web-identity-token', 'signed-by-github'];
  const { Credentials } = JSON.parse(await aws(simulator, ['sts', 'assume-role-with-web-identity', ...assumed]));
  return {
    AWS_ACCESS_KEY_ID: String(Credentials.AccessKeyId),
    AWS_SECRET_ACCESS_KEY: String(Credentials.SecretAccessKey),
    AWS_SESSION_TOKEN: String(Credentials.SessionToken),
  };
}

/** Applies bootstrap for deployments by GitHub. */
async function bootstrap(simulator: Simulator, there: TerraformThere) {
  const folder = new TerraformFolder(there, 'aws/bootstrap', {
    ...simulator.environment,
    TF_VAR_s3_use_path_style: 'true',
  });
  const repository = '-var=github_repository=example/day-trade';
  await step('bootstrap', async () => {
    await folder.run(['init']);
    await keepProvider(folder);
    await folder.run(['apply', '-auto-approve', repository]);
    // Ends with 2, which is an error here, where something would still change.
    await folder.run(['plan', '-detailed-exitcode', repository]);
  });
  const output = JSON.parse((await folder.run(['output', '-json'])).stdout);
  return {
    roles: output.deploy_role_arns.value as Readonly<Record<string, string>>,
    plans: output.plan_role_arns.value as Readonly<Record<string, string>>,
    permissions_boundary: String(output.permissions_boundary_arns.value.production),
    image_repository: String(output.image_repository.value),
  };
}

async function makeZone(simulator: Simulator): Promise<string> {
  const zone = ['--name', 'example.com', '--caller-reference', 'test'];
  const made = JSON.parse(await aws(simulator, ['route53', 'create-hosted-zone', ...zone]));
  return made.HostedZone.Id.replace('/hostedzone/', '');
}

/** Most of an apply is waiting for answers, so that more of it at a time than Terraform's ten is no more work. */
const parallelism = '-parallelism=24';
