import { type JudgedPrediction, type Model, measuresDirectionSkill, type Prediction } from '@daytrade/contracts';
import type { PublishedPrediction, Stores } from '@daytrade/storage';

type ShownDirection = Pick<Prediction, 'centre' | 'probabilityUp' | 'directionSkilled'>;

/**
 * Returns the versions of the models whose direction is worth showing, of those that made these predictions; see
 * {@link skilledVersions}.
 */
export async function skilledModels(
  stores: Pick<Stores, 'evaluations' | 'models'>,
  predictions: readonly Pick<PublishedPrediction, 'modelVersion'>[],
): Promise<ReadonlySet<string>> {
  const versions = new Set(predictions.map(({ modelVersion }) => modelVersion));
  const found = await Promise.all([...versions].map((version) => stores.models.find(version)));
  return await skilledVersions(
    stores,
    found.filter((model) => model !== undefined),
  );
}

/**
 * Returns the versions of the models with skill in the direction. Two judgements must have measured it: the model's own
 * when it was trained, since an earlier model may be live again, and the newest evaluation on bars of its universe.
 */
export async function skilledVersions(
  { evaluations }: Pick<Stores, 'evaluations'>,
  models: readonly Pick<Model, 'version' | 'synthetic' | 'members'>[],
): Promise<ReadonlySet<string>> {
  const skilled = new Set<string>();
  const own = models.filter(({ members }) => members.some(({ directionSkilled }) => directionSkilled === true));
  for (const [synthetic, ofUniverse] of Map.groupBy(own, (model) => model.synthetic)) {
    const evaluation = await evaluations.latest(synthetic);
    if (evaluation === undefined || !measuresDirectionSkill(evaluation)) continue;
    for (const { version } of ofUniverse) skilled.add(version);
  }
  return skilled;
}

/** Returns the direction of a prediction as it is shown: none without measured skill. */
export function shownDirection(
  { centre, probabilityUp }: Pick<PublishedPrediction, 'centre' | 'probabilityUp'>,
  directionSkilled: boolean,
): ShownDirection {
  return directionSkilled
    ? { centre, probabilityUp, directionSkilled }
    : { centre: null, probabilityUp: null, directionSkilled };
}

/**
 * Returns the direction of a past prediction. The centre is shown once the close is known; a hidden probability stays
 * hidden, since an export would read as a forecast that was made.
 */
export function shownBesideClose(
  { centre, probabilityUp }: Pick<JudgedPrediction, 'centre' | 'probabilityUp'>,
  directionSkilled: boolean,
  close: number | null,
): Pick<JudgedPrediction, 'centre' | 'probabilityUp'> {
  return {
    centre: directionSkilled || close !== null ? centre : null,
    probabilityUp: directionSkilled ? probabilityUp : null,
  };
}
