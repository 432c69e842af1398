import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/running-process.ts';
import { step } from '../../support/steps.ts';
import type { EnvironmentName } from '../../support/terraform/declarations.ts';
import { TerraformFolder, type TerraformThere } from '../../support/terraform/terraform.ts';
import { aws } from '../tooling/aws-command.ts';
import type { Simulator } from '../tooling/simulator.ts';

/** The name under which the page would be reached. */
export const domain = 'day-trade.example.com';

/** Any digest: the simulator runs no tasks. */
export const imageDigest = `sha256:${'3f'.repeat(32)}`;

/** A role that the cluster lets into the application's namespace. */
export const deployer = 'arn:aws:iam::123456789012:role/ci';

/** What an account has before the first apply of an environment. */
export interface Prepared {
  /** Variables of Terraform by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whose credentials Terraform gets, as environment variables; none: those of whoever may do everything. */
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * What an account has, and a person sets, before the first apply; the three environments differ so that each way is
 * gone once:
 *
 * - development: nothing at all, as on a fresh account. No certificate, so HTTPS is not there, and no image, so no
 *   tasks.
 * - staging: bootstrap was applied, and a workflow of GitHub deploys with the environment's role and nothing else. An
 *   imported certificate, and a password for the database that somebody chose.
 * - production: a domain of one's own in Route 53, by which ACM issues the certificate, and a password that RDS makes.
 */
export async function prepare(name: EnvironmentName, simulator: Simulator, there: TerraformThere): Promise<Prepared> {
  if (name === 'development') return { variables: {}, credentials: {} };
  const variables = { image_digest: imageDigest };
  if (name === 'staging') {
    const password = randomBytes(24).toString('base64url');
    const given = { certificate_arn: await importCertificate(simulator), db_password: password };
    const { credentials, ...shared } = await bootstrap(name, simulator, there);
    return { variables: { ...variables, ...given, ...shared }, credentials };
  }
  const more = { domain_name: domain, eks_deployers: JSON.stringify([deployer]) };
  return { variables: { ...variables, ...more, route53_zone_id: await makeZone(simulator) }, credentials: {} };
}

/** Applies bootstrap for deployments by GitHub, and signs in as a job of the environment does. */
async function bootstrap(name: EnvironmentName, simulator: Simulator, there: TerraformThere) {
  const environment = { ...simulator.environment, TF_VAR_s3_use_path_style: 'true' };
  const folder = new TerraformFolder(there, 'aws/bootstrap', environment);
  const repository = '-var=github_repository=example/day-trade';
  await step(`${name}: bootstrap`, async () => {
    await folder.run(['init']);
    await folder.run(['apply', '-auto-approve', repository]);
    // Ends with 2, which is an error here, where something would still change.
    await folder.run(['plan', '-detailed-exitcode', repository]);
  });
  const output = JSON.parse((await folder.run(['output', '-json'])).stdout);
  const role = ['--role-arn', output.deploy_role_arns.value[name], '--role-session-name', 'deployment'];
  const token = ['--web-identity-token', 'signed-by-github'];
  const { Credentials } = JSON.parse(await aws(simulator, ['sts', 'assume-role-with-web-identity', ...role, ...token]));
  return {
    permissions_boundary: String(output.permissions_boundary_arns.value[name]),
    image_repository: String(output.image_repository.value),
    credentials: {
      AWS_ACCESS_KEY_ID: String(Credentials.AccessKeyId),
      AWS_SECRET_ACCESS_KEY: String(Credentials.SecretAccessKey),
      AWS_SESSION_TOKEN: String(Credentials.SessionToken),
    },
  };
}

async function makeZone(simulator: Simulator): Promise<string> {
  const zone = ['--name', 'example.com', '--caller-reference', 'test'];
  const made = JSON.parse(await aws(simulator, ['route53', 'create-hosted-zone', ...zone]));
  return made.HostedZone.Id.replace('/hostedzone/', '');
}

async function importCertificate(simulator: Simulator): Promise<string> {
  const folder = temporaryFolder('certificate');
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const files = ['-keyout', key, '-out', certificate];
  const subject = ['-subj', `/CN=${domain}`, '-addext', `subjectAltName=DNS:${domain}`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', ...files, ...subject], {
    stdio: 'ignore',
  });
  const given = ['--certificate', `fileb://${certificate}`, '--private-key', `fileb://${key}`];
  return JSON.parse(await aws(simulator, ['acm', 'import-certificate', ...given])).CertificateArn;
}
