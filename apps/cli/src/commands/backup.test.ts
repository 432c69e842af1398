import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jobs, type ResultOf } from '@daytrade/contracts';
import { newState } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endedRun, runLine, testSettings } from '../platform/answering-services.fixture.ts';
import { type CommandsOnPlatform, commandsOnPlatform } from '../platform/context.fixture.ts';
import { backupCommand } from './backup.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-backup-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('backup', () => {
  const result: ResultOf<'backup'> = jobs.backup.result.parse({
    tables: 18,
    rows: 100,
    objects: 5,
    barFiles: 4,
    bytes: 1_000_000,
    backup: '20261124T070000000Z',
    snapshotAt: '2026-11-24T07:00:00.000Z',
    sentBytes: 1_000_000,
    removed: [],
    seconds: 1,
  });
  const backup = (...words: string[]) =>
    runLine(['backup', ...words], { 'POST /v1/jobs/backup/runs': { run: endedRun('backup', result) } });

  it.each([
    [[], { dryRun: false }],
    [['--dry-run'], { dryRun: true }],
    [['backups', '--keep', '1'], { dryRun: false, keep: 1, target: resolve('backups') }],
    [['s3://bucket/prefix', '--keep', '10000'], { dryRun: false, keep: 10_000, target: 's3://bucket/prefix' }],
  ])('with %j asks the job for it', async (words, payload) => {
    const { requests, out } = await backup(...words);
    expect(requests).toEqual([['POST /v1/jobs/backup/runs', { payload }]]);
    expect(out).toMatch(/^Backup 20261124T070000000Z: everything as of 2026-11-24 16:00 \(JST\)\n/);
  });

  it.each(['0', '10001', 'all'])('refuses to keep %s', async (keep) => {
    await expect(backup('--keep', keep)).rejects.toThrow(
      `--keep: expected a whole number from 1 to 10000, got "${keep}"`,
    );
  });

  it('writes a new key for its owner alone, and never over another one', async () => {
    const file = join(folder, 'key');
    const { out, requests } = await backup('--make-key', file);
    const key = /has the new key (age1\w+)\. Keep a copy of it\.\n$/.exec(out)?.[1];
    expect(out.startsWith(`${file} has the new key`)).toBe(true);
    expect(requests).toEqual([]);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(key);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(backup('--make-key', file)).rejects.toMatchObject({
      code: 'output.exists',
      message: `${file}: there already; a lost key loses its backups`,
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
    await expect(backup('--make-key', join(folder, 'none', 'key'))).rejects.toMatchObject({
      code: 'output.unwritable',
    });
    const asJson = await backup('--make-key', join(folder, 'key-2'), '--json');
    expect(JSON.parse(asJson.out)).toEqual({
      key: expect.stringMatching(/^age1/) as string,
      file: join(folder, 'key-2'),
    });
  });

  it('needs a place to list backups', async () => {
    await expect(backup('--list')).rejects.toThrow(
      '--from: expected the folder of the backups, or s3://BUCKET/PREFIX; or set DAYTRADE_BACKUP_TARGET',
    );
    const none = 'There is no backup yet. daytrade backup makes one.\n';
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect((await backup('--list', empty)).out).toBe(none);
    expect((await backup('--list', '--from', empty)).out).toBe(none);
    const settings = testSettings({ DAYTRADE_BACKUP_TARGET: empty });
    expect((await runLine(['backup', '--list'], {}, { settings })).out).toBe(none);
  });
});

describe('a backup of a state folder', () => {
  let commands: CommandsOnPlatform;
  let place: string;
  let id: string;
  beforeAll(async () => {
    commands = await commandsOnPlatform();
    await commands.platform.queue.start();
    place = join(commands.folder, 'backups');
    mkdirSync(place);
    await backupCommand.run(commands.context, { args: [place], options: {} });
    id = /Backup (\w+): /.exec(commands.written())?.[1] ?? '';
  });
  afterAll(() => commands.close());

  const restore = (state: string, ...words: string[]) =>
    runLine(['restore', ...words, '--from', place], {}, { settings: testSettings({ DAYTRADE_STATE_DIR: state }) });

  it('is listed', async () => {
    const { out } = await runLine(['backup', '--list', '--from', place]);
    expect(out.split('\n')[1]?.split(' ')[0]).toBe(id);
    const { backups, unreadable } = JSON.parse((await runLine(['backup', '--list', '--from', place, '--json'])).out);
    expect([backups.length, unreadable]).toEqual([1, []]);
  });

  it('is read whole by a dry run, which writes nothing', async () => {
    const state = join(folder, 'dry');
    expect((await restore(state, '--dry-run')).out).toBe(`The backup ${id} is whole. Nothing was written.\n`);
    expect((await restore(state, id, '--dry-run')).out).toBe(`The backup ${id} is whole. Nothing was written.\n`);
    expect(JSON.parse((await restore(state, '--dry-run', '--json')).out)).toMatchObject({ dryRun: true, backup: id });
    expect(existsSync(state)).toBe(false);
  });

  it('replaces a state only with --replace', async () => {
    const state = await newState(join(folder, 'other-state'));
    await expect(restore(state)).rejects.toThrow(`${state} has a state already`);
  });

  it('is restored into a folder', { tags: ['long'] }, async () => {
    const state = await newState(join(folder, 'state'));
    const { out } = await restore(state, '--replace', '--without-replay');
    expect(out.split('\n').slice(0, 1)).toEqual([
      expect.stringMatching(new RegExp(`^Restored the backup ${id} into ${state}: everything as of `)),
    ]);
    expect(out).toMatch(/\n {2}verified {2}every row and object by checksum\n/);
    const again = JSON.parse((await restore(state, '--replace', '--json')).out);
    expect(again).toMatchObject({ backup: id, replayed: null });
    expect(again.seconds).toBeGreaterThan(0);
    expect(again.seconds).toBeLessThan(60);
  });
});
