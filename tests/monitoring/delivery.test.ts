import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installDebianPackages, isProgram } from '../support/debian-packages.ts';
import { repositoryRoot } from '../support/running-process.ts';

const hasAmtool = isProgram('amtool') || installDebianPackages(['prometheus-alertmanager']) === undefined;
const example = join(repositoryRoot, 'infrastructure/monitoring/alertmanager.example.yml');

describe.skipIf(!hasAmtool)('Alertmanager, with the example of receivers', () => {
  it.each([
    ['alertname=Watchdog', 'severity=none', 'heartbeat'],
    ['alertname=NoServiceSeen', 'severity=page', 'operators'],
    ['alertname=BackupOld', 'severity=ticket', 'operators'],
  ])('sends %s, %s to: %s', (...labels) => {
    const receiver = labels.pop();
    const args = ['config', 'routes', 'test', `--config.file=${example}`, ...labels];
    expect(spawnSync('amtool', args, { encoding: 'utf8' }).stdout.trim()).toBe(receiver);
  });
});
