import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Simulator } from '../tooling/simulator.ts';

describe('a request that comes again', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await Simulator.start();
  });
  afterAll(() => simulator.stop());

  /** An attempt to get a public address; gives what it is called. */
  async function allocate(invocation: string): Promise<string | undefined> {
    const response = await fetch(simulator.endpoint, {
      method: 'POST',
      headers: {
        'amz-sdk-invocation-id': invocation,
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20260105/ap-northeast-1/ec2/aws4_request',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'Action=AllocateAddress&Version=2016-11-15&Domain=vpc',
    });
    return /<allocationId>(eipalloc-\w+)</.exec(await response.text())?.[1];
  }

  it('is done once, and answered as the first, even before the first has its answer', async () => {
    const invocation = randomUUID();
    const [first, second] = await Promise.all([allocate(invocation), allocate(invocation)]);
    expect(first).toBeDefined();
    expect(second).toBe(first);
    expect(await allocate(invocation)).toBe(first);
    expect(await allocate(randomUUID())).not.toBe(first);
  });
});
