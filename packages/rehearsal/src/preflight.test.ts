import { networkInterfaces } from 'node:os';
import { Programs } from '@daytrade/deployment';
import { expect, it } from 'vitest';
import { rehearsalPreflight } from './preflight.ts';
import { stepNames } from './steps/step-list.ts';

it('names everything that is missing at once', async () => {
  // Without a PATH nothing is there.
  const programs = new Programs({
    onCommand: () => undefined,
    onOutput: () => undefined,
    environment: { PATH: '/none' },
  });
  const simulator = async () => ({ name: 'simulator', ok: false, message: 'not given' });
  const missing = (await rehearsalPreflight(programs, stepNames, { simulator })).filter(({ ok }) => !ok);
  expect(missing.map(({ name }) => name)).toEqual([
    'checkov',
    'terraform',
    'cluster',
    'kubectl',
    'helm',
    'simulator',
    'cluster of KUBECONFIG',
  ]);
  expect(await rehearsalPreflight(programs, ['cost'], { simulator })).toEqual([]);
});

/** In the place of a kubectl whose kubeconfig chooses a cluster there, which answers. */
class Choosing extends Programs {
  readonly #view: string;

  constructor(server: string) {
    super({ onCommand: () => undefined, onOutput: () => undefined });
    this.#view = JSON.stringify({ 'current-context': 'chosen', clusters: [{ cluster: { server } }] });
  }

  override async tryRead(_: string, args: readonly string[]): Promise<string | undefined> {
    if (args[0] === 'config') return this.#view;
    return args.includes('/readyz') && args.join(' ').startsWith('--context chosen ') ? 'ok' : undefined;
  }
}

it('refuses a cluster that is not on this machine: a rehearsal reaches no other one', async () => {
  const simulator = async () => ({ name: 'simulator', ok: true, message: '' });
  const checked = async (server: string) => {
    const checks = await rehearsalPreflight(new Choosing(server), ['pod-kill'], { simulator });
    return checks.find(({ name }) => name === 'cluster of KUBECONFIG');
  };
  const addresses = Object.values(networkInterfaces()).flatMap((found = []) => found);
  const own = addresses.find(({ family }) => family === 'IPv4')?.address ?? '127.0.0.1';
  for (const server of ['https://127.0.0.1:6443', `https://${own}:6443`]) {
    expect(await checked(server), server).toMatchObject({ ok: true, message: `chosen, ${server}` });
  }
  for (const server of ['https://203.0.113.7', 'https://[2001:db8::7]:6443']) {
    const message = `chosen, ${server}, is not on this machine`;
    expect(await checked(server)).toMatchObject({ ok: false, message });
  }
});
