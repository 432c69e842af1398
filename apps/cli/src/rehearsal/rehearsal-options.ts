import type { CloudName } from '@daytrade/deployment';
import { DayTradeError } from '@daytrade/errors';
import { chooseSteps, type ReleaseOptions, StepChoiceError, type StepName } from '@daytrade/rehearsal';
import type { Command } from 'commander';
import { environmentOptions } from '../deployment/deployment-options.ts';
import { textOption, wholeNumber } from '../input.ts';
import { version } from '../version.ts';

type Options = Readonly<Record<string, unknown>>;

const usual = {
  namespace: 'day-trade-rehearsal',
  requestsPerSecond: 300,
  quietSeconds: 10,
  brokenSeconds: 40,
} as const;

/** What `npm run images` packs: this version, the same as a newer one, and one that never gets ready. */
const packed = {
  first: `day-trade:${version}`,
  next: 'day-trade:0.2.0',
  broken: 'day-trade:0.3.0-never-ready',
} as const;

/** Options of a rehearsal. */
export function rehearsalOptions(command: Command, cloud: CloudName): Command {
  const variable = cloud === 'aws' ? 'AWS_ENDPOINT_URL' : 'HTTPS_PROXY';
  return environmentOptions(command)
    .option('--endpoint <url>', `where the simulator of the cloud is, on this machine; default: ${variable}`)
    .option('--only <step...>', 'these steps, and those that they begin from')
    .option('--skip <step...>', 'all steps but these')
    .option('--namespace <name>', 'the namespace that is made and removed', usual.namespace)
    .option('--image <image>', 'the first version, where a registry has it; by default images are packed')
    .option('--next-image <image>', 'the version of the upgrade')
    .option('--broken-image <image>', 'a version that never gets ready')
    .option('--values <file...>', 'files of values over those of the environment; the last one wins')
    .option('--full-size', 'with the sizes of the environment, not with those of a small machine')
    .option('--requests-per-second <count>', 'the load', String(usual.requestsPerSecond))
    .option(
      '--quiet-seconds <seconds>',
      'how long the load goes on before a change and after it',
      String(usual.quietSeconds),
    )
    .option('--wait-seconds <seconds>', 'how long the broken version is waited for', String(usual.brokenSeconds))
    .option('--output <folder>', 'where report.html and report.json are written; default: rehearsal-CLOUD-ENVIRONMENT')
    .option('--language <language>', 'of the page: en or ja; default: DAYTRADE_REPORT_LANGUAGE')
    .option('--dry-run', 'list the steps and what each needs, and do nothing');
}

/** The steps that the options choose. @throws DayTradeError `input.invalid` naming what is allowed */
export function stepsOf(options: Options): readonly StepName[] {
  const words = (name: string) => (options[name] as readonly string[] | undefined) ?? [];
  // Images of a registry are there already.
  const there = options.image === undefined ? [] : ['images'];
  try {
    return chooseSteps(words('only'), [...words('skip'), ...(words('only').includes('images') ? [] : there)]);
  } catch (error) {
    if (!(error instanceof StepChoiceError)) throw error;
    throw new DayTradeError('input.invalid', error.message, { details: { field: '--only, --skip' } });
  }
}

/**
 * The images of the options, or those that are packed.
 * @throws DayTradeError `input.invalid` for one without the others
 */
export function imagesOf(options: Options): ReleaseOptions['images'] {
  const [first, next, broken] = ['image', 'nextImage', 'brokenImage'].map((name) => textOption(options, name));
  if (first !== undefined && next !== undefined && broken !== undefined) return { first, next, broken };
  if ([first, next, broken].some((image) => image !== undefined)) {
    const message = '--image, --next-image and --broken-image belong together';
    throw new DayTradeError('input.invalid', message, { details: { field: '--image' } });
  }
  return packed;
}

/** The numbers of the options. @throws DayTradeError `input.invalid` naming the range */
export function loadOf(options: Options): Pick<ReleaseOptions, 'requestsPerSecond' | 'quietSeconds' | 'brokenSeconds'> {
  return {
    requestsPerSecond: wholeNumber(options.requestsPerSecond, '--requests-per-second', { min: 1, max: 1000 }),
    quietSeconds: wholeNumber(options.quietSeconds, '--quiet-seconds', { min: 1, max: 120 }),
    brokenSeconds: wholeNumber(options.waitSeconds, '--wait-seconds', { min: 10, max: 400 }),
  };
}
