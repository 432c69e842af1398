#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { applyPlan } from '../../packages/deployment/src/plan.ts';
import { readTarget, type Target } from '../../packages/deployment/src/targets.ts';
import { checkApproval } from './approval.ts';
import { drift } from './drift.ts';
import { prepareImage, pushImage } from './image.ts';
import { plan } from './plan.ts';
import { report } from './report.ts';
import { restoreDrill } from './restore-drill.ts';
import { rememberRevision, rollBack, rollOut } from './roll-out.ts';
import { surroundings } from './workflow.ts';

const help = `The steps of a deployment, as .github/workflows run them.

Usage: node scripts/deployment/main.ts STEP --environment ENVIRONMENT --cloud CLOUD [options]

  check-approval            fails where nobody would be asked before the plan is applied
  plan                      plans, has the guard judge it, gives its SHA-256
  apply --sha256 HASH       applies the plan of that hash
  drift                     fails where the environment is not what its code says
  image                     builds this commit's image, or fetches it from the registry
  push --tagged NAME        pushes it, gives its digest
  revision                  gives the revision of the release that serves now
  roll-out --digest DIGEST  migrates, upgrades, waits, tests
  roll-back [--revision N]  goes back to that revision where another one was begun
  report                    asks the platform for its reports and models
  restore-drill             makes a backup and replaces the database by it; not in production

  --environment             development, staging or production
  --cloud                   aws or azure
  --help                    this text

They run terraform, aws or az, buildah, skopeo, kubectl and helm, and show each command. Exit code: 0 done, 1 not.
`;

interface Options {
  readonly sha256?: string | undefined;
  readonly tagged?: string | undefined;
  readonly digest?: string | undefined;
  readonly revision?: string | undefined;
}

const steps: Readonly<Record<string, (target: Target, options: Options) => void | Promise<void>>> = {
  'check-approval': checkApproval,
  plan,
  apply: (target, { sha256 }) => applyPlan(surroundings, target, needed('sha256', sha256)),
  drift,
  image: prepareImage,
  push: (_target, { tagged }) => pushImage(needed('tagged', tagged)),
  revision: rememberRevision,
  'roll-out': (target, { digest }) => rollOut(target, needed('digest', digest)),
  'roll-back': (target, { revision }) => rollBack(target, revision ?? ''),
  report,
  'restore-drill': restoreDrill,
};

function needed(option: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new Error(`--${option} is missing`);
  return value;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      environment: { type: 'string' },
      cloud: { type: 'string' },
      sha256: { type: 'string' },
      tagged: { type: 'string' },
      digest: { type: 'string' },
      revision: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const step = steps[positionals[0] ?? ''];
  if (values.help) process.stdout.write(help);
  else if (step === undefined)
    throw new Error(`${positionals[0] ?? 'no step'}: one of ${Object.keys(steps).join(', ')}`);
  else await step(readTarget(values.environment, values.cloud), values);
} catch (error) {
  console.error(`deployment: ${(error as Error).message}`);
  process.exitCode = 1;
}
