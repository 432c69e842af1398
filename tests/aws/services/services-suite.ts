import { type Run, routes } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { untilReadiness } from '../../support/distributed-platform.ts';
import { setup as bringRedis } from '../../support/install-redis.ts';
import { step } from '../../support/steps.ts';
import type { AppliedEnvironment } from '../environments/applied-environment.ts';
import { aws } from '../tooling/aws-command.ts';
import { LocalAccount, type ServiceName, serviceNames } from './local-account.ts';
import type { LocalTask } from './local-task.ts';

/**
 * The services as ECS would start them: the containers, commands and variables of the applied task definitions, secrets
 * resolved by reference, on PostgreSQL and Redis with TLS and the simulator's S3. What is replaced, and why:
 * local-account.ts.
 */
export function describeServices(applied: () => AppliedEnvironment): void {
  describe('services as the task definitions start them', () => {
    let account: LocalAccount;
    const tasks = new Map<ServiceName, LocalTask>();
    const task = (name: ServiceName) => tasks.get(name) as LocalTask;

    beforeAll(async () => {
      bringRedis();
      await step(`${applied().name}: services start`, async () => {
        account = await LocalAccount.start(applied());
        for (const name of serviceNames) tasks.set(name, await account.run(name));
      });
    });
    afterAll(() => account?.close());

    async function endOf(started: Promise<{ readonly run: Run }>): Promise<Run> {
      const { id } = (await started).run;
      const ended = await vi.waitFor(
        async () => {
          const { run } = await task('scheduler-service').client.call(routes.run, { params: { id } });
          expect(['queued', 'running']).not.toContain(run.status);
          return run;
        },
        { timeout: 300_000, interval: 200 },
      );
      expect(ended.error).toBeNull();
      return ended;
    }

    it('are ready with the variables that they were given', async () => {
      for (const each of tasks.values()) await untilReadiness(each, true, 60);
      const kept = [...task('ml-service').unchanged.keys()];
      const secrets = ['DAYTRADE_DATABASE_PASSWORD', 'DAYTRADE_REDIS_PASSWORD', 'DAYTRADE_TOKEN'];
      expect(kept).toEqual(expect.arrayContaining([...secrets, 'DAYTRADE_OBJECTS']));
      const changed = [...new Set([...tasks.values()].flatMap((each) => [...each.changed]))].toSorted();
      console.log(`replaced on this machine: ${changed.join(', ')}`);
      expect(changed).toEqual(replaced);
    });

    it('let nobody in without the token', async () => {
      const answer = await fetch(`${task('ml-service').url}/v1/models`);
      expect(answer.status).toBe(401);
    });

    it('fetch, train and predict; the dashboard shows it', async () => {
      const body = { provider: 'synthetic', symbols: 10, from: '2024-01-04' } as const;
      const fetched = task('data-service').client.call(routes.startFetch, { body });
      expect(await step('services: fetch', () => endOf(fetched))).toMatchObject({ status: 'succeeded' });
      const training = task('ml-service').client.call(routes.startTraining, { body: {} });
      expect(await step('services: train', () => endOf(training))).toMatchObject({ status: 'succeeded' });
      const made = await task('ml-service').client.call(routes.publishPredictions, { body: {} });
      expect(made.predictions).toHaveLength(10);
      for (const { lower, upper } of made.predictions) expect(lower).toBeLessThan(upper);
      const shown = await task('dashboard').client.call({
        ...routes.latestPredictions,
        path: '/api/ml/v1/predictions/latest',
      });
      expect(shown.predictions).toEqual(made.predictions);
      await task('ml-service').client.call(routes.accuracy);
    });

    it('keep the model in the bucket, encrypted with its key, and load it from there', async () => {
      const { models, live } = await task('ml-service').client.call(routes.models);
      expect(models.map((model) => model.version)).toContain(live);
      const bucket = new URL(String(task('ml-service').unchanged.get('DAYTRADE_OBJECTS'))).hostname;
      const listed = JSON.parse(await aws(applied().simulator, ['s3api', 'list-objects-v2', '--bucket', bucket]));
      const stored: { Key: string; Size: number }[] = listed.Contents;
      const hash = models.find((model) => model.version === live)?.artifactHash ?? 'none';
      const artifact = stored.find(({ Key }) => Key.includes(hash));
      expect(artifact?.Size).toBe(models.find((model) => model.version === live)?.artifactBytes);
      const head = ['s3api', 'head-object', '--bucket', bucket, '--key', String(artifact?.Key)];
      expect(JSON.parse(await aws(applied().simulator, head))).toMatchObject({ ServerSideEncryption: 'aws:kms' });

      // Another task has nothing of it in memory or on its disk: it predicts from what lies in the bucket, or not at
      // all.
      await task('ml-service').stop();
      tasks.set('ml-service', await account.run('ml-service'));
      await untilReadiness(task('ml-service'), true, 60);
      const again = await task('ml-service').client.call(routes.publishPredictions, { body: {} });
      expect(again.predictions.map((prediction) => prediction.modelVersion)).toEqual(
        Array.from({ length: 10 }, () => live),
      );
    });

    it('write metrics for CloudWatch, and no secret', async () => {
      const { unchanged, lines } = task('data-service');
      expect(unchanged.get('DAYTRADE_CLOUDWATCH_NAMESPACE')).toBe(`DayTrade/${applied().name}`);
      const secrets = ['DAYTRADE_DATABASE_PASSWORD', 'DAYTRADE_REDIS_PASSWORD', 'DAYTRADE_TOKEN'].map((name) =>
        String(unchanged.get(name)),
      );
      await task('data-service').stop();
      expect(lines.some((line) => line.includes('"_aws"') && line.includes(`DayTrade/${applied().name}`))).toBe(true);
      for (const each of tasks.values()) {
        for (const line of each.lines) expect(secrets.filter((secret) => line.includes(secret))).toEqual([]);
      }
    });
  });
}

/** The variables of the task definitions that have another value on this machine; local-account.ts says why. */
const replaced = [
  'DAYTRADE_DATABASE_URL',
  'DAYTRADE_HOST',
  'DAYTRADE_REDIS_URL',
  'DAYTRADE_SERVICES',
  'DAYTRADE_STATE_DIR',
];
