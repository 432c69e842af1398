import { bad, type Check, type CloudName, good } from '@daytrade/deployment';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where a simulator is looked for, by the variable that the providers of Terraform and the clouds' tools know. */
const endpointVariables: Readonly<Record<CloudName, string>> = { aws: 'AWS_ENDPOINT_URL', azure: 'HTTPS_PROXY' };

/** Everything of a person's own account, which a rehearsal must not have. */
const ofAccounts = /^(?:AWS_|ARM_|AZURE_)/;

/** How Azure's provider signs in to the simulated subscription; other ways to sign in are shut. */
const azureSignIn = {
  ARM_CLIENT_SECRET: 'simulated',
  ARM_USE_CLI: 'false',
  ARM_USE_MSI: 'false',
  ARM_USE_OIDC: 'false',
};
const azureIds = ['ARM_SUBSCRIPTION_ID', 'ARM_TENANT_ID', 'ARM_CLIENT_ID'] as const;

/** The address of the simulator: what the option says, else the variable. */
export function endpointOf(cloud: CloudName, given: string | undefined, variables: Variables): string | undefined {
  const text = given ?? variables[endpointVariables[cloud]] ?? '';
  return text === '' ? undefined : text;
}

/** Whether there is a simulator, on this machine alone: a rehearsal never reaches a cloud. */
export async function simulatorCheck(
  cloud: CloudName,
  given: string | undefined,
  variables: Variables,
  reach: (url: string) => Promise<boolean>,
): Promise<Check> {
  const name = 'simulator';
  const variable = endpointVariables[cloud];
  const mend = `start one and give --endpoint http://127.0.0.1:PORT, or ${variable}: docs/operations.md`;
  const endpoint = endpointOf(cloud, given, variables);
  if (endpoint === undefined) return bad(name, `neither --endpoint nor ${variable} is given`, mend);
  if (!isOfThisMachine(endpoint)) return bad(name, `${endpoint} is not on this machine`, mend);
  const missing = cloud === 'azure' ? azureIds.filter((id) => (variables[id] ?? '') === '') : [];
  if (missing.length > 0) return bad(name, `${missing.join(', ')} not set`, 'set what the simulator says of itself');
  return (await reach(endpoint)) ? good(name, endpoint) : bad(name, `${endpoint} does not answer`, mend);
}

function isOfThisMachine(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/**
 * The variables of programs that reach the simulator and nothing else: a person's credentials are left out, and the
 * ones in their place open no account.
 * @param profiles a file of profiles without any value, in place of a person's
 */
export function simulatedVariables(
  cloud: CloudName,
  endpoint: string,
  variables: Variables,
  profiles: string,
): Record<string, string | undefined> {
  const others = Object.fromEntries(Object.entries(variables).filter(([name]) => !ofAccounts.test(name)));
  const terraform = { TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' };
  const parallel = { TF_CLI_ARGS_apply: '-parallelism=24', TF_CLI_ARGS_destroy: '-parallelism=24' };
  const common = { ...others, ...terraform, ...parallel };
  if (cloud === 'azure') {
    const ids = Object.fromEntries(azureIds.map((id) => [id, variables[id]]));
    return { ...common, ...ids, ...azureSignIn, HTTPS_PROXY: endpoint, https_proxy: endpoint };
  }
  return {
    ...common,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'ap-northeast-1',
    AWS_DEFAULT_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_PROFILE: 'default',
    AWS_CONFIG_FILE: profiles,
    AWS_SHARED_CREDENTIALS_FILE: profiles,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '3',
    TF_VAR_s3_use_path_style: 'true',
  };
}
