import { type StepName, stepNames, stepNeeds } from './step-list.ts';

/** Thrown for a choice of steps that cannot be gone. */
export class StepChoiceError extends Error {}

/**
 * The steps to go, in their order: all, or those of `only` with what they begin from, without those of `skip`.
 * @example chooseSteps(['rollback'], []) // install, upgrade, rollback
 * @throws StepChoiceError for a word that is not a step, and where one is left out that another begins from
 */
export function chooseSteps(only: readonly string[], skip: readonly string[]): readonly StepName[] {
  const left = new Set(skip.map(stepOf));
  const asked = only.length === 0 ? stepNames.filter((name) => !left.has(name)) : only.map(stepOf);
  const chosen = new Set(asked.flatMap(withNeeds));
  const wanting = stepNames.find((name) => chosen.has(name) && left.has(name));
  if (wanting !== undefined) {
    const wants = asked.filter((name) => name !== wanting && withNeeds(name).includes(wanting));
    throw new StepChoiceError(
      wants.length === 0
        ? `${wanting} is both asked for and left out`
        : `${wants.join(', ')} begin from ${wanting}, which is left out`,
    );
  }
  return stepNames.filter((name) => chosen.has(name));
}

function withNeeds(name: StepName): readonly StepName[] {
  return [...stepNeeds[name].flatMap((needed) => withNeeds(needed)), name];
}

function stepOf(text: string): StepName {
  const found = stepNames.find((name) => name === text);
  if (found === undefined) throw new StepChoiceError(`no step ${text}: one of ${stepNames.join(', ')}`);
  return found;
}
