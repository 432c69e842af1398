import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { EnvironmentName } from '../../../infrastructure/terraform/environments.ts';
import { temporaryFolder } from '../../support/running-process.ts';
import { aws } from '../tooling/aws-command.ts';
import type { Simulator } from '../tooling/simulator.ts';

/** The name under which the page would be reached. */
export const domain = 'day-trade.example.com';

/** Any digest: the simulator runs no tasks. */
export const imageDigest = `sha256:${'3f'.repeat(32)}`;

/** A role that the cluster lets into the application's namespace. */
export const deployer = 'arn:aws:iam::123456789012:role/ci';

/**
 * What an account has, and a person sets, before the first apply; the three environments differ so that each way is
 * gone once:
 *
 * - development: nothing at all, as on a fresh account. No certificate, so HTTPS is not there, and no image, so no
 *   tasks.
 * - staging: an imported certificate, and a password for the database that somebody chose.
 * - production: a domain of one's own in Route 53, by which ACM issues the certificate, and a password that RDS makes.
 *
 * @returns variables of Terraform by name
 */
export async function prepare(name: EnvironmentName, simulator: Simulator): Promise<Record<string, string>> {
  if (name === 'development') return {};
  const variables = { image_digest: imageDigest };
  if (name === 'staging') {
    const password = randomBytes(24).toString('base64url');
    return { ...variables, certificate_arn: await importCertificate(simulator), db_password: password };
  }
  const more = { domain_name: domain, eks_deployers: JSON.stringify([deployer]) };
  return { ...variables, ...more, route53_zone_id: await makeZone(simulator) };
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
