import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Simulator } from '../tooling/simulator.ts';

describe('a bucket whose versioning was suspended', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await Simulator.start();
  });
  afterAll(() => simulator.stop());

  /** A request of S3; gives the status and the body. */
  async function ask(method: string, path: string, body?: string): Promise<{ status: number; text: string }> {
    const authorization = 'AWS4-HMAC-SHA256 Credential=test/20260105/ap-northeast-1/s3/aws4_request';
    const response = await fetch(`${simulator.endpoint}/versions-of-it${path}`, {
      method,
      headers: { authorization },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, text: await response.text() };
  }

  const versioning = (status: string) =>
    `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
  const versionsIn = (listed: string) => [...listed.matchAll(/<VersionId>([^<]+)</g)].map(([, id]) => String(id));

  it('gives away each version and delete marker by its id, and goes when none is left', async () => {
    const region = '<CreateBucketConfiguration><LocationConstraint>ap-northeast-1</LocationConstraint>';
    expect(await ask('PUT', '', `${region}</CreateBucketConfiguration>`)).toMatchObject({ status: 200 });
    expect(await ask('PUT', '?versioning', versioning('Enabled'))).toMatchObject({ status: 200 });
    expect(await ask('PUT', '/parts/one', 'bytes')).toMatchObject({ status: 200 });
    expect(await ask('DELETE', '/parts/one')).toMatchObject({ status: 204 });
    expect(await ask('PUT', '?versioning', versioning('Suspended'))).toMatchObject({ status: 200 });

    const versions = versionsIn((await ask('GET', '?versions')).text);
    expect(versions).toHaveLength(2);
    expect(await ask('DELETE', '')).toMatchObject({ status: 409 });
    for (const [index, version] of versions.entries()) {
      expect(await ask('DELETE', `/parts/one?versionId=${version}`)).toMatchObject({ status: 204 });
      expect(versionsIn((await ask('GET', '?versions')).text)).toEqual(versions.slice(index + 1));
    }
    expect(await ask('DELETE', '')).toMatchObject({ status: 204 });
  });
});
