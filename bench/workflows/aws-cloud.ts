import { dirname } from 'node:path';
import { awsPython } from '../../tests/aws/tooling/aws-python.ts';
import { Simulator } from '../../tests/aws/tooling/simulator.ts';
import { TerraformFolder, type TerraformThere } from '../../tests/support/terraform/terraform.ts';
import type { SimulatedCloud } from './cloud.ts';

/** AWS with the roles, boundaries and the bucket of bootstrap, whose policies are held. */
export async function openAws(terraform: TerraformThere, repository: string): Promise<SimulatedCloud> {
  const simulator = await Simulator.start();
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...others } = simulator.environment;
  const own = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } as Record<string, string>;
  const environment = { ...others, TF_VAR_s3_use_path_style: 'true' };
  const bootstrap = new TerraformFolder(terraform, 'aws/bootstrap', { ...environment, ...own });
  await bootstrap.run(['init']);
  await bootstrap.run(['apply', '-auto-approve', `-var=github_repository=${repository}`]);
  const outputs = JSON.parse((await bootstrap.run(['output', '-json'])).stdout);
  const { state_bucket: bucket, deploy_role_arns: roles } = outputs;
  const { image_repository: images, permissions_boundary_arns: boundaries } = outputs;
  const { command } = await awsPython();
  return {
    name: 'aws',
    environment: { ...environment, AWS: command('aws') },
    variables: (name) => ({ AWS_STATE_BUCKET: bucket.value, AWS_DEPLOY_ROLE_ARN: roles.value[name] }),
    ownValues: (name) => `
permissions_boundary = "${boundaries.value[name]}"
image_repository     = "${images.value}"
eks_administrators   = ["arn:aws:iam::123456789012:role/administrator"]
eks_deployers        = ["${roles.value[name]}"]
`,
    signIn: { 'aws-actions/configure-aws-credentials': 'sign-in-aws' },
    behind: [],
    path: [dirname(command('aws'))],
    lastError: () => simulator.lastError || simulator.missingActions.join(', '),
  };
}
