import { hasSkilledCombination, measuresDirectionSkill, type Prediction } from '@daytrade/contracts';
import type { PublishedPrediction, Stores } from '@daytrade/storage';

/** What is said of the direction to whoever reads a prediction. */
type ShownDirection = Pick<Prediction, 'centre' | 'probabilityUp' | 'directionSkilled'>;

/**
 * The versions of the models whose direction is worth showing, of those that made these predictions. Two judgements
 * must say so: the model's own when it was trained, since an earlier model may be live again, and the newest evaluation
 * on bars of the universe, which reaches further back. Without a word of either it is not.
 *
 * @param predictions all of one universe
 */
export async function skilledModels(
  { evaluations, models }: Pick<Stores, 'evaluations' | 'models'>,
  predictions: readonly Pick<PublishedPrediction, 'modelVersion' | 'synthetic'>[],
): Promise<ReadonlySet<string>> {
  const [first] = predictions;
  const evaluation = first === undefined ? undefined : await evaluations.latest(first.synthetic);
  if (evaluation === undefined || !measuresDirectionSkill(evaluation)) return new Set();
  const versions = new Set(predictions.map(({ modelVersion }) => modelVersion));
  const found = await Promise.all([...versions].map((version) => models.find(version)));
  return new Set(
    found
      .filter((model) => model !== undefined)
      .filter(({ members }) => hasSkilledCombination(members))
      .map(({ version }) => version),
  );
}

/** The direction of a prediction as it is shown: nothing that a reader could act on where no skill was measured. */
export function shownDirection(
  { centre, probabilityUp }: Pick<PublishedPrediction, 'centre' | 'probabilityUp'>,
  directionSkilled: boolean,
): ShownDirection {
  return directionSkilled
    ? { centre, probabilityUp, directionSkilled }
    : { centre: null, probabilityUp: null, directionSkilled };
}
