import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { waitFor } from '../support/command.ts';
import { installDebianPackages, isProgram } from '../support/debian-packages.ts';
import { rulesFolder, scratchFile } from '../support/promtool.ts';
import { RunningProcess, repositoryRoot, stopEverything, temporaryFolder } from '../support/running-process.ts';

const programs = ['prometheus', 'prometheus-alertmanager'];
const canDeliver = programs.every(isProgram) || installDebianPackages(programs) === undefined;
const servers: Server[] = [];

afterAll(async () => {
  await stopEverything();
  for (const server of servers) server.close();
});

/** A receiver that remembers which alerts came to which path. */
async function receiver(): Promise<{ readonly port: number; readonly got: string[] }> {
  const got: string[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      response.end();
      const { alerts } = body as { readonly alerts: readonly { readonly labels: { readonly alertname: string } }[] };
      got.push(...alerts.map(({ labels }) => `${request.url} ${labels.alertname}`));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, got };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.skipIf(!canDeliver)('Prometheus and Alertmanager, with the example of receivers', () => {
  it('send an alert to the operators, and the watchdog to the heartbeat alone', async () => {
    const { port, got } = await receiver();
    const [alertmanager, prometheus] = [await freePort(), await freePort()];
    const example = readFileSync(join(repositoryRoot, 'infrastructure/monitoring/alertmanager.example.yml'), 'utf8');
    const receivers = example.replaceAll(/https:\/\/(?:pager|heartbeat)\.example\.jp/g, `http://127.0.0.1:${port}`);
    new RunningProcess(
      'prometheus-alertmanager',
      [
        `--config.file=${scratchFile('alertmanager.yml', receivers)}`,
        `--storage.path=${temporaryFolder('alertmanager')}`,
        `--web.listen-address=127.0.0.1:${alertmanager}`,
        '--cluster.listen-address=',
      ],
      {},
    );
    // A part that never came is missed after two minutes; the rules are the chart's, with less patience.
    const rules = readFileSync(join(rulesFolder, 'alerts.yaml'), 'utf8').replaceAll(/^( +for:).*$/gm, '$1 1s');
    const configuration = stringify({
      global: { evaluation_interval: '1s', external_labels: { environment: 'test' } },
      rule_files: [scratchFile('alerts.yaml', rules), join(rulesFolder, 'parts.yaml')],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanager}`] }] }] },
    });
    new RunningProcess(
      'prometheus',
      [
        `--config.file=${scratchFile('prometheus.yml', configuration)}`,
        `--storage.tsdb.path=${temporaryFolder('prometheus')}`,
        `--web.listen-address=127.0.0.1:${prometheus}`,
      ],
      {},
    );
    await waitFor(
      'both',
      120,
      async () => got.includes('/day-trade Watchdog') && got.includes('/alerts NoServiceSeen'),
    );
    expect(got).not.toContain('/alerts Watchdog');
    expect(new Set(got.filter((line) => line.startsWith('/day-trade')))).toEqual(new Set(['/day-trade Watchdog']));
  });
});
