import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { Programs } from '@daytrade/deployment';

/** The cluster that kubeconfig chooses. */
interface ChosenCluster {
  readonly context: string;
  /** The address of its API. */
  readonly server: string;
  /** Whether that address is of this machine. */
  readonly isOwn: boolean;
}

interface View {
  readonly 'current-context'?: string;
  readonly clusters?: readonly { readonly cluster?: { readonly server?: string } }[] | null;
}

/** The context of kubeconfig that is chosen now; undefined where none is. */
export async function chosenCluster(programs: Programs): Promise<ChosenCluster | undefined> {
  const text = await programs.tryRead('kubectl', ['config', 'view', '--minify', '--output', 'json']);
  const view = JSON.parse(text ?? '{}') as View;
  const context = view['current-context'] ?? '';
  const server = view.clusters?.[0]?.cluster?.server ?? '';
  if (context === '' || !URL.canParse(server)) return undefined;
  return { context, server, isOwn: await isOfThisMachine(new URL(server).hostname) };
}

async function isOfThisMachine(hostname: string): Promise<boolean> {
  const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
  return found.length > 0 && found.every(({ address }) => own.includes(address) || address.startsWith('127.'));
}
