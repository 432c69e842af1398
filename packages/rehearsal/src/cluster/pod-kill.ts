import type { Measured } from '../steps/step-result.ts';
import { readyPods } from './kubectl.ts';
import type { RehearsedRelease } from './rehearsed-release.ts';
import { underLoad } from './under-load.ts';
import { waitUntil } from './wait-until.ts';

const part = 'ml-service';
/** Until as many pods answer as before. */
const recoverySeconds = 60;
const patienceSeconds = 300;

/** Ends a pod without warning, under load: what it was about to answer is lost, and nothing else may be. */
export async function podKill(release: RehearsedRelease): Promise<Measured> {
  const { kubectl, namespace, waiting } = release;
  const before = await readyPods(kubectl, namespace, part);
  const [victim] = before.map(({ metadata }) => metadata.name);
  if (victim === undefined) throw new Error(`no pod of ${part} is ready`);
  const { result, ...measured } = await underLoad(release, undefined, async () => {
    const began = waiting.now();
    await kubectl(['delete', 'pod', victim, '--namespace', namespace, '--grace-period=0', '--force']);
    const replaced = async () => {
      const pods = await readyPods(kubectl, namespace, part);
      const others = pods.filter(({ metadata }) => metadata.name !== victim).length;
      return others >= before.length ? true : undefined;
    };
    await waitUntil(`${before.length} pods of ${part} without ${victim}`, patienceSeconds, replaced, waiting);
    return (waiting.now() - began) / 1000;
  });
  return {
    ...measured,
    figures: [{ id: 'recoverySeconds', value: result, unit: 's', bar: { most: recoverySeconds } }, ...measured.figures],
  };
}
