import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemSchema, runAcceptedSchema } from '@daytrade/contracts';
import { clockAt } from '@daytrade/jobs/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { startDataService, startServiceOn } from './data-service.fixture.ts';

const bars = 'date,open,high,low,close,volume\n2026-11-18,2000,2030,1990,2010,1000000\n';
const secret = 'root:*:20228:0:99999:7:::\nuser:x\n';
const token = 'a-token-of-the-test-of-24-characters';
const instant = '2026-11-25T01:00:00Z';

const running = await startDataService(instant);
afterAll(() => running.close());
const { folder } = running;
for (const each of ['root/good', 'outside']) await running.folderWith(each, { '7203.csv': bars });
await mkdir(join(folder, 'root/links'));
await writeFile(join(folder, 'secret'), secret);
await symlink(join(folder, 'secret'), join(folder, 'root/links/7203.csv'));
await symlink(join(folder, 'outside'), join(folder, 'root/link'));

const serviceWith = (settings: Readonly<Record<string, string>>, alone = true) =>
  startServiceOn(
    { ...running.stores, alone },
    clockAt(() => Date.parse(instant)),
    { DAYTRADE_TOKEN: token, ...settings },
  );

async function ask(settings: Readonly<Record<string, string>>, body: object, alone?: boolean) {
  const { service, queue } = await serviceWith(settings, alone);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await service.inject({
    method: 'POST',
    url: '/v1/fetches',
    headers,
    payload: { provider: 'csv', ...body },
  });
  const run =
    answer.statusCode === 202 ? await queue.finished(runAcceptedSchema.parse(answer.json()).run.id) : undefined;
  await service.close();
  await queue.stop(1);
  return { answer, run, text: `${answer.body}${JSON.stringify(run ?? null)}` };
}

const beyond = { DAYTRADE_HOST: '0.0.0.0' };
const rooted = () => ({ ...beyond, DAYTRADE_IMPORT_ROOT: join(folder, 'root') });

describe('a folder that a request names', () => {
  it('is read on loopback, and nowhere beyond it or in a cluster while no folder is set apart', async () => {
    const body = { folder: join(folder, 'outside') };
    expect((await ask({}, body)).run).toMatchObject({ status: 'succeeded' });
    const cluster = { DAYTRADE_DATABASE_URL: 'postgres://db', DAYTRADE_DATABASE_PASSWORD: 'secret' };
    for (const settings of [beyond, cluster]) {
      const { answer } = await ask(settings, body, settings === beyond);
      expect(problemSchema.parse(answer.json())).toMatchObject({
        status: 403,
        code: 'data.folder-refused',
        detail: expect.stringContaining('DAYTRADE_IMPORT_ROOT is not set'),
        remedy: expect.stringContaining('daytrade import FOLDER'),
      });
    }
  });

  it('is read below DAYTRADE_IMPORT_ROOT alone', async () => {
    const good = await ask(rooted(), { folder: join(folder, 'root/good') });
    expect(good.run, good.text).toMatchObject({ status: 'succeeded' });
    const lines: string[] = [];
    for (const path of ['outside', 'nothing', 'root/../outside', 'root/link', 'secret']) {
      const { answer } = await ask(rooted(), { folder: `${folder}/${path}` });
      expect(problemSchema.parse(answer.json()), path).toMatchObject({ status: 403, code: 'data.folder-refused' });
      lines.push(
        answer
          .json<{ detail: string }>()
          .detail.replaceAll(join(folder, path), 'PATH')
          .replaceAll(`${folder}/${path}`, 'PATH'),
      );
    }
    // Whether something is there cannot be told apart.
    expect(new Set(lines).size).toBe(1);
  });

  it('is not read again by the clock either, where it is outside', async () => {
    const { service, queue } = await serviceWith(rooted());
    const run = await queue.enqueue({ job: 'data-update', key: 'data-update/1', payload: {}, trigger: 'schedule' });
    const { result } = await queue.finished(run.id);
    const outside = { source: join(folder, 'outside'), code: 'data.folder-refused' };
    expect(result).toMatchObject({ failed: [outside], updated: [{ source: join(folder, 'root/good') }] });
    await service.close();
    await queue.stop(1);
  });

  it('does not lead outside through a link in it, nor through the file of symbols', async () => {
    const linked = await ask(rooted(), { folder: join(folder, 'root/links') });
    expect(linked.run).toMatchObject({ status: 'failed' });
    expect(linked.text).toContain('is outside of');
    expect(linked.text).not.toContain('20228');
    const named = await ask(rooted(), { folder: join(folder, 'root/good'), symbolsFile: join(folder, 'secret') });
    expect(named.answer.statusCode).toBe(403);
  });

  it('gives nothing away of a file that is none of symbols', async () => {
    const { answer, text } = await ask({}, { folder: join(folder, 'root/good'), symbolsFile: join(folder, 'secret') });
    expect(answer.json()).toMatchObject({
      detail: expect.stringContaining('expected the header symbol,name,group,sector'),
    });
    expect(text).not.toContain('20228');
  });

  it('that is missing is said to be missing on the machine that looked', async () => {
    const { answer } = await ask({}, { folder: join(folder, 'missing') });
    expect(answer.json()).toMatchObject({
      code: 'data.folder-unreadable',
      detail: expect.stringMatching(
        /missing cannot be read on the machine of the data service, .+: there is no such file or folder \(ENOENT\)/,
      ),
    });
  });
});
