import { describe, expect, it } from 'vitest';
import { simulatedVariables, simulatorCheck } from './simulator.ts';

const there = async () => true;
const ids = { ARM_SUBSCRIPTION_ID: 's', ARM_TENANT_ID: 't', ARM_CLIENT_ID: 'c' };

describe('the simulator of a cloud', () => {
  it('is where the option or the variable of the provider says, on this machine', async () => {
    const variables = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' };
    expect(await simulatorCheck('aws', undefined, variables, there)).toMatchObject({ ok: true });
    expect(await simulatorCheck('aws', 'http://localhost:1', {}, there)).toMatchObject({ ok: true });
    expect(await simulatorCheck('azure', 'http://127.0.0.1:4560', ids, there)).toMatchObject({ ok: true });
  });

  it.each([
    ['aws', undefined, {}, 'AWS_ENDPOINT_URL'],
    ['aws', 'https://ec2.ap-northeast-1.amazonaws.com', {}, 'is not on this machine'],
    ['aws', 'http://10.0.0.5:5000', {}, 'is not on this machine'],
    ['azure', undefined, { HTTPS_PROXY: 'http://proxy.example:3128' }, 'is not on this machine'],
    ['azure', 'http://127.0.0.1:4560', {}, 'ARM_SUBSCRIPTION_ID, ARM_TENANT_ID, ARM_CLIENT_ID not set'],
  ] as const)('is refused: %s %s %j', async (cloud, given, variables, said) => {
    const check = await simulatorCheck(cloud, given, variables, there);
    expect(check.ok).toBe(false);
    expect(check.message).toContain(said);
  });

  it('learns nothing of a person, and nothing is left that could sign in elsewhere', () => {
    const own = {
      PATH: '/bin',
      AWS_PROFILE: 'mine',
      AWS_SESSION_TOKEN: 'secret',
      ARM_CLIENT_SECRET: 'secret',
      ARM_OIDC_TOKEN: 'secret',
      ...ids,
    };
    for (const cloud of ['aws', 'azure'] as const) {
      const variables = simulatedVariables(cloud, 'http://127.0.0.1:1', own, '/tmp/empty');
      expect(variables.PATH).toBe('/bin');
      expect(Object.values(variables)).not.toContain('secret');
      expect(Object.values(variables)).not.toContain('mine');
      expect(Object.values(variables)).toContain('http://127.0.0.1:1');
    }
  });
});
