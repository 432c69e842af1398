import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Machine } from './machine.ts';

/** The parts of a backup's name: its time, and which piece of it. */
const backupName = /^\d{8}T\d{9}Z\.tar\.aa$/;

const bars = '/var/lib/day-trade/.day-trade/bars/daily/*.parquet';

/** What is asked of a machine whose page answers. @param storage returns the host of its bucket */
export function describeMachine(find: () => Machine, storage: () => string): void {
  const machine = (...args: string[]) => find().run(args);
  const stored = () => globSync('*', { cwd: join(find().stored, storage()) });
  const property = async (unit: string, name: string) =>
    (await machine('systemctl', 'show', unit, '--property', name, '--value')).stdout.trim();

  it('has done all that cloud-init was asked for', async () => {
    const { stdout } = await machine('cloud-init', 'status', '--wait', '--long');
    expect(stdout).toMatch(/^status: done$/m);
    expect((await machine('systemctl', '--failed', '--no-legend')).stdout).toBe('');
  });

  it('listens on loopback alone', async () => {
    const { stdout } = await machine('ss', '--no-header', '--listening', '--tcp', '--numeric');
    const open = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s+/)[3] ?? '');
    expect(open).toContain('127.0.0.1:8080');
    // The cloud that the test plays is at this address.
    expect(open.filter((address) => !address.startsWith('127.0.0.1:') && address !== '169.254.169.254:80')).toEqual([]);
  });

  it('runs the platform as a user of its own who can change its data alone', async () => {
    const pid = await property('day-trade.service', 'MainPID');
    expect((await machine('stat', '--format=%U', `/proc/${pid}`)).stdout.trim()).toBe('day-trade');
    const { stdout: status } = await machine('cat', `/proc/${pid}/status`);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).toMatch(/^CapBnd:\s+0+$/m);
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    const { stdout: mounts } = await machine('cat', `/proc/${pid}/mountinfo`);
    expect(mounts).toMatch(/ \/ ro,/);
    expect(mounts).toMatch(/ \/var\/lib\/day-trade rw,/);
    for (const unit of ['day-trade.service', 'day-trade-backup.service']) {
      const { stdout } = await machine('systemd-analyze', 'security', '--threshold=20', '--no-pager', unit);
      expect(stdout).toMatch(/exposure level for \S+: [01]\.\d OK/);
    }
  });

  it('installs security updates by itself, and restarts at night', async () => {
    const { stdout } = await machine('apt-config', 'dump');
    expect(stdout).toContain('APT::Periodic::Unattended-Upgrade "1";');
    expect(stdout).toContain('Unattended-Upgrade::Automatic-Reboot-Time "04:00";');
    expect((await machine('cat', '/etc/timezone')).stdout.trim()).toBe('Asia/Tokyo');
  });

  it('sends a backup to the bucket each night', async () => {
    expect(await property('day-trade-backup.timer', 'TimersCalendar')).toContain('02:00:00 Asia/Tokyo');
    expect(await property('day-trade-backup.timer', 'ActiveState')).toBe('active');
    expect(stored()).toEqual([]);
    await machine('sh', '-c', `until ls ${bars}; do sleep 1; done`);
    await machine('systemctl', 'start', 'day-trade-backup.service');
    expect(stored()).toEqual([expect.stringMatching(backupName)]);
  });

  it('comes back from the bucket after the loss of its state', async () => {
    await machine('systemctl', 'stop', 'day-trade.service');
    await machine('rm', '--recursive', '/var/lib/day-trade/.day-trade');
    const url = `https://${storage()}/${stored()[0]}?right`;
    const { stdout } = await machine('/usr/local/lib/day-trade/restore', url);
    expect(stdout).toContain('every row and object by checksum');
    expect((await machine('sh', '-c', `ls ${bars}`)).stdout).toContain('.parquet');
    await find().untilPage();
  });

  it('starts again with its state after a restore that failed', async () => {
    const refused = await find().run(['/usr/local/lib/day-trade/restore', `https://${storage()}/none?right`], [2, 22]);
    expect(refused.stderr).toContain('403');
    await find().untilPage();
  });

  it('refuses a release of another hash', async () => {
    const url = 'https://releases.example/day-trade-9.9.9-linux-arm64.tar.gz';
    const refused = await find().run(['/usr/local/lib/day-trade/install', url, '0'.repeat(64)], [1]);
    expect(refused.stderr).toContain('the archive is not the one of 0000');
    expect(find().pageStatus()).toBe(200);
    expect(existsSync(join(find().stored, 'releases.example'))).toBe(false);
  });
}
