import { isImageOfPod, type ReleaseRecord } from '@daytrade/deployment';
import type { Figure } from '../steps/figure.ts';
import type { Measured } from '../steps/step-result.ts';
import type { Answer } from './daytrade.ts';
import { readyPods } from './kubectl.ts';
import { Platform } from './platform.ts';
import type { RehearsedRelease } from './rehearsed-release.ts';
import { underLoad } from './under-load.ts';

const installSeconds = 900;
const none = { most: 0 } as const;
/** What `daytrade deploy` ends with when the old version serves. */
const failedCode = 5;

/** Installs the first version, and gives it something to lose. */
export async function install(release: RehearsedRelease): Promise<Measured> {
  await release.makeNamespace();
  const { first } = release.options.images;
  const { seconds } = recordOf(await release.rollOut(first, installSeconds));
  const published = await (await Platform.open(release)).fill();
  return {
    figures: [
      { id: 'installSeconds', value: seconds ?? Number.NaN, unit: 's' },
      { id: 'predictions', value: published.length, unit: '', bar: { least: 1 } },
      await serves(release, first),
    ],
  };
}

/** Upgrades under load. */
export async function upgrade(release: RehearsedRelease): Promise<Measured> {
  const { next } = release.options.images;
  const { result, ...measured } = await underLoad(release, none, async () =>
    recordOf(await release.rollOut(next, installSeconds)),
  );
  return { ...measured, figures: [...timesOf(result), ...measured.figures, await serves(release, next)] };
}

/** Rolls out a version that never gets ready: the deployment has to say why and go back, and the old one serves. */
export async function failedUpgrade(release: RehearsedRelease): Promise<Measured> {
  const { images, brokenSeconds } = release.options;
  const [before] = await imagesOf(release);
  const { result, ...measured } = await underLoad(release, none, () => release.rollOut(images.broken, brokenSeconds));
  const record = (result.error?.details as { readonly record?: ReleaseRecord } | null)?.record;
  const figures: readonly Figure[] = [
    { id: 'exitCode', value: result.exitCode, unit: '', bar: { is: failedCode } },
    { id: 'recoverySeconds', value: record?.seconds ?? Number.NaN, unit: 's' },
    ...measured.figures,
    await serves(release, before ?? 'nothing'),
  ];
  const failures = measured.said === undefined ? [] : [measured.said];
  const said = [result.error?.message ?? 'it did not fail', ...failures].join('\n');
  return { ...measured, figures, said };
}

/** Goes back to the first version, under load. */
export async function rollback(release: RehearsedRelease): Promise<Measured> {
  const { result, ...measured } = await underLoad(release, none, async () =>
    recordOf(await release.options.daytrade.attempt('deploy', 'rollback', '--yes', '--why', 'rehearsal')),
  );
  return {
    ...measured,
    figures: [...timesOf(result), ...measured.figures, await serves(release, release.options.images.first)],
  };
}

/** @throws Error where the deployment failed, with what it reported */
function recordOf({ value, error, exitCode }: Answer): ReleaseRecord {
  if (error !== null) throw new Error(`the deployment ended with ${exitCode}: ${error.message}`);
  return (value as { readonly record: ReleaseRecord }).record;
}

function timesOf({ rolledOutSeconds, trafficSeconds }: ReleaseRecord): readonly Figure[] {
  // How soon the new version had all requests is measured where its image was named beforehand.
  const traffic: readonly Figure[] =
    trafficSeconds === undefined ? [] : [{ id: 'trafficSeconds', value: trafficSeconds, unit: 's' }];
  return [...traffic, { id: 'rolledOutSeconds', value: rolledOutSeconds ?? Number.NaN, unit: 's' }];
}

/** Which version has the pods that answer; it has to be that one. */
async function serves(release: RehearsedRelease, image: string): Promise<Figure> {
  return servingFigure(await imagesOf(release), image);
}

/** @param found images of the pods that answer @param image the one that they have to be of */
export function servingFigure(found: readonly string[], image: string): Figure {
  const other = [...new Set(found)].filter((ofPod) => !isImageOfPod(ofPod, image));
  const value = found.length > 0 && other.length === 0 ? image : other.join(', ');
  return { id: 'serving', value, unit: '', bar: { is: image } };
}

async function imagesOf({ kubectl, namespace }: RehearsedRelease): Promise<readonly string[]> {
  const pods = await readyPods(kubectl, namespace, 'ml-service');
  return pods.flatMap(({ spec }) => spec.containers.map(({ image }) => image));
}
