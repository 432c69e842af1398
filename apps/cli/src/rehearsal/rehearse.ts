import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Check, type CloudName, DeploymentError, type Programs } from '@daytrade/deployment';
import {
  type BackedUp,
  backup,
  chosenCluster,
  cost,
  Daytrade,
  type Deeds,
  endpointOf,
  failedUpgrade,
  install,
  isOnCluster,
  kubectlOf,
  podKill,
  policies,
  type RehearsalReport,
  RehearsedInfrastructure,
  RehearsedRelease,
  rehearsalPreflight,
  reportOf,
  restore,
  rollback,
  runSteps,
  type StepName,
  simulatedVariables,
  simulatorCheck,
  stopEveryLoad,
  upgrade,
} from '@daytrade/rehearsal';
import type { OpenDeployment } from '../deployment/open-deployment.ts';
import { ownProcesses } from '../deployment/processes.ts';
import { textOption } from '../input.ts';
import { saysProgress } from './progress.ts';
import { imagesOf, loadOf } from './rehearsal-options.ts';
import { rehearsedValues } from './rehearsed-values.ts';
import { watchCluster } from './watch-cluster.ts';

type Options = Readonly<Record<string, unknown>>;

/** What is rehearsed. */
export interface Rehearsal {
  readonly open: OpenDeployment;
  readonly cloud: CloudName;
  readonly steps: readonly StepName[];
  readonly options: Options;
  readonly signal: AbortSignal;
}

/** Everything that the steps need, looked at all at once; nothing is changed. */
export async function rehearsalChecks({ open, cloud, steps, options }: Rehearsal): Promise<readonly Check[]> {
  const { programs, variables } = open.surroundings;
  const given = textOption(options, 'endpoint');
  return await rehearsalPreflight(programs, steps, {
    simulator: () => simulatorCheck(cloud, given, variables, answers),
  });
}

/** Whether something listens at an address. */
function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80), timeout: 5_000 });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}

/** Goes through the steps and takes away what they made, also after Ctrl-C. */
export async function rehearse(rehearsal: Rehearsal): Promise<RehearsalReport> {
  const { open, cloud, steps, signal } = rehearsal;
  const { root } = open.surroundings;
  const folder = mkdtempSync(join(tmpdir(), 'day-trade-rehearsal-'));
  const began = Date.now();
  // Ctrl-C in a terminal reaches this process alone: it ends the others, once.
  const programs = open.programsWith({ signal, ownGroup: true });
  const mended: string[] = [];
  const hear = (line: string) => {
    mended.push(`${new Date().toISOString().slice(11, 19)} UTC: ${line}`);
    open.say(`  ${line}`);
  };
  let stopWatch: (() => Promise<void>) | undefined;
  try {
    const isOnOne = steps.some(isOnCluster);
    const context = isOnOne ? await ownContext(programs) : '';
    const { KUBECONFIG } = open.surroundings.variables;
    if (isOnOne) stopWatch = await watchCluster(programs.uninterrupted, KUBECONFIG, hear);
    const deeds = deedsOf(rehearsal, programs, folder, context);
    const results = await runSteps(steps, deeds, { now: Date.now, signal, ...saysProgress(open.say, steps) });
    const commit = await programs.uninterrupted.tryRead('git', ['log', '-1', '--format=%h'], { folder: root });
    const at = new Date(began).toISOString();
    const what = { cloud, environment: open.place.environment, at, commit: commit?.trim() ?? null };
    return reportOf({ ...what, interrupted: signal.aborted, mended }, (Date.now() - began) / 1000, results);
  } finally {
    await stopWatch?.();
    stopEveryLoad();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The context of kubeconfig that is chosen now, and that all steps stay with. */
async function ownContext(programs: Programs): Promise<string> {
  const chosen = await chosenCluster(programs);
  if (chosen?.isOwn === true) return chosen.context;
  throw new DeploymentError('not-ready', 'kubeconfig has just been changed, and chooses no cluster on this machine');
}

function deedsOf(rehearsal: Rehearsal, programs: Programs, folder: string, context: string): Deeds {
  const { open, cloud, options, signal } = rehearsal;
  const { root, variables } = open.surroundings;
  const { environment, namespace = '' } = open.place;
  const target = { cloud, environment };
  const now = Date.now;
  const place = ['--environment', environment, '--namespace', namespace, '--context', context];
  const release = new RehearsedRelease({
    root,
    programs,
    context,
    namespace,
    holder: open.holder('rehearse'),
    processes: ownProcesses,
    daytrade: new Daytrade(programs, [process.execPath, process.argv[1] ?? ''], place),
    images: imagesOf(options),
    values: rehearsedValues(root, target, options),
    ...loadOf(options),
    now,
    signal,
  });
  let infrastructure: { readonly code: RehearsedInfrastructure; readonly programs: Programs } | undefined;
  let backedUp: BackedUp | undefined;
  let isInstalled = false;
  return {
    steps: {
      policies: () => policies(programs, root, target),
      cost: () => cost(programs, root, process.execPath, target),
      infrastructure: async () => {
        const endpoint = endpointOf(cloud, textOption(options, 'endpoint'), variables) ?? '';
        // In place of a person's configuration; the provider of AWS asks for the profile, and nothing may be in it.
        const profiles = join(folder, 'profiles');
        writeFileSync(profiles, '[default]\n');
        const simulated = simulatedVariables(cloud, endpoint, variables, profiles);
        const ofCloud = open.programsWith({ signal, ownGroup: true, environment: simulated });
        const code = new RehearsedInfrastructure(root, join(folder, 'clone'), target, ofCloud, now);
        infrastructure = { code, programs: ofCloud.uninterrupted };
        return await code.apply();
      },
      images: async () => {
        const started = now();
        // An image holds packages that a clone only has with the developers' tools.
        await programs.run(process.execPath, [join(root, 'scripts', 'run.mjs'), 'images']);
        return { figures: [{ id: 'imagesSeconds', value: (now() - started) / 1000, unit: 's' }] };
      },
      install: async () => {
        isInstalled = true;
        return await install(release);
      },
      upgrade: () => upgrade(release),
      'failed-upgrade': () => failedUpgrade(release),
      rollback: () => rollback(release),
      'pod-kill': () => podKill(release),
      backup: async () => {
        const { measured, ...made } = await backup(release);
        backedUp = made.backedUp;
        return measured;
      },
      restore: async () => {
        if (backedUp === undefined) throw new Error('there is no backup');
        return await restore(release, backedUp);
      },
    },
    clear: {
      destroy: {
        isNeeded: () => infrastructure !== undefined,
        run: async () => {
          if (infrastructure === undefined) return { figures: [] };
          return await infrastructure.code.destroy(infrastructure.programs);
        },
      },
      remove: {
        isNeeded: () => isInstalled,
        run: async () => {
          await release.removeNamespace(kubectlOf(programs.uninterrupted, context));
          return { figures: [{ id: 'left', value: 0, unit: '', bar: { most: 0 } }] };
        },
      },
    },
  };
}
