import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { stopEverything } from '../../support/running-process.ts';
import { Machine, missingForMachine, writeRelease } from '../../support/small-machine/machine.ts';
import { describeMachine } from '../../support/small-machine/machine-suite.ts';
import { describeRoot } from '../../support/small-machine/root-suite.ts';
import { step } from '../../support/steps.ts';
import { keepProvider } from '../../support/terraform/running-provider.ts';
import { findTerraform, TerraformFolder, unless } from '../../support/terraform/terraform.ts';
import { readAccount } from '../account/account.ts';
import { aws, refusalOf } from '../tooling/aws-command.ts';
import { Simulator } from '../tooling/simulator.ts';

const found = await findTerraform();
const { missing } = found;
const withoutMachine = missing || missingForMachine();
const anyFile = { archive: import.meta.filename, sha256: '0'.repeat(64) };

describe.skipIf(missing)(`a small environment${unless(missing)}`, () => {
  const release = withoutMachine === '' ? writeRelease() : anyFile;
  const bucket = 'day-trade-small-123456789012-ap-northeast-1';
  const storage = `${bucket}.s3.ap-northeast-1.amazonaws.com`;
  let simulator: Simulator;
  let terraform: TerraformFolder;
  let machine: Machine | undefined;
  let before: Awaited<ReturnType<typeof readAccount>>;

  beforeAll(async () => {
    simulator = await Simulator.start();
    before = await readAccount(simulator);
    terraform = new TerraformFolder(found, 'aws-small', {
      ...simulator.environment,
      TF_VAR_release_url: 'https://releases.example/day-trade-0.1.0-linux-arm64.tar.gz',
      TF_VAR_release_sha256: release.sha256,
      TF_VAR_s3_use_path_style: 'true',
    });
    await terraform.run(['init', '-lockfile=readonly']);
    await keepProvider(terraform);
    const from = performance.now();
    await step('small: terraform apply', () => terraform.run(['apply', '-auto-approve']));
    if (withoutMachine !== '') return;
    machine = await step('small: from the start of the machine to its page', async () => {
      const started = await Machine.start(await userData(), release, storage);
      await started.untilPage();
      return started;
    });
    figure('aws: small: from apply to the page', (performance.now() - from) / 1000, 's');
  });
  afterAll(async () => {
    await machine?.stop();
    await stopEverything();
  });

  const describeInstance = async () => {
    const { Reservations } = JSON.parse(await aws(simulator, ['ec2', 'describe-instances']));
    return Reservations[0].Instances[0];
  };

  async function userData(): Promise<string> {
    const asked = ['--instance-id', (await describeInstance()).InstanceId, '--attribute', 'userData'];
    const { UserData } = JSON.parse(await aws(simulator, ['ec2', 'describe-instance-attribute', ...asked]));
    return Buffer.from(UserData.Value, 'base64').toString();
  }

  it('lets nothing in, and has no gateway, balancer or cluster', async () => {
    const after = await readAccount(simulator);
    const added = [...after.identities.difference(before.identities)];
    expect(added.filter((one) => /nat-|load-balancers|clusters|databases/.test(one))).toEqual([]);
    const { SecurityGroups } = JSON.parse(await aws(simulator, ['ec2', 'describe-security-groups']));
    const [{ GroupId }] = (await describeInstance()).SecurityGroups;
    const group = SecurityGroups.find((one: { GroupId: string }) => one.GroupId === GroupId);
    expect(group.IpPermissions).toEqual([]);
    expect((await describeInstance()).MetadataOptions.HttpTokens).toBe('required');
  });

  it('has a role that writes new backups and can neither read nor remove one', async () => {
    const role = ['--role-arn', 'arn:aws:iam::123456789012:role/day-trade-small', '--role-session-name', 'machine'];
    const { Credentials } = JSON.parse(await aws(simulator, ['sts', 'assume-role', ...role]));
    const as = {
      AWS_ACCESS_KEY_ID: String(Credentials.AccessKeyId),
      AWS_SECRET_ACCESS_KEY: String(Credentials.SecretAccessKey),
      AWS_SESSION_TOKEN: String(Credentials.SessionToken),
    };
    const there = ['--bucket', bucket, '--key', 'try.tar.aa'];
    expect(await refusalOf(simulator, ['s3api', 'put-object', ...there, '--body', release.archive], as)).toBe('');
    expect(await refusalOf(simulator, ['s3api', 'get-object', ...there, '/dev/null'], as)).toMatch(/AccessDenied|403/);
    expect(await refusalOf(simulator, ['s3api', 'delete-object', ...there], as)).toContain('AccessDenied');
    expect(await refusalOf(simulator, ['s3api', 'list-objects-v2', '--bucket', bucket], as)).toContain('AccessDenied');
    expect(await refusalOf(simulator, ['ec2', 'describe-instances'], as)).not.toBe('');
    const { Versions } = JSON.parse(await aws(simulator, ['s3api', 'list-object-versions', '--bucket', bucket]));
    const version = ['--version-id', Versions[0].VersionId];
    await aws(simulator, ['s3api', 'delete-object', ...there, ...version]);
  });

  describeRoot('aws', () => terraform);
  describe.skipIf(withoutMachine)(`its machine${unless(withoutMachine)}`, () => {
    describeMachine(
      () => machine!,
      () => storage,
    );
  });

  it('leaves nothing when it is destroyed', async () => {
    expect(simulator.missingActions).toEqual([]);
    await step('small: terraform destroy', () => terraform.run(['destroy', '-auto-approve']));
    const left = (await readAccount(simulator)).identities.difference(before.identities);
    // AWS makes a key for the disks of an account with the first of them, and has parameters of its own.
    expect([...left].filter((one) => !/ (keys|key-aliases) | parameters Name=\/aws\/service\//.test(one))).toEqual([]);
    const { Reservations } = JSON.parse(await aws(simulator, ['ec2', 'describe-instances']));
    const instances: { State: { Name: string } }[] = Reservations.flatMap(
      (one: { Instances: unknown }) => one.Instances,
    );
    expect(instances.filter(({ State }) => State.Name !== 'terminated')).toEqual([]);
  });
});
