#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { oneOf } from '../../../packages/deployment/src/targets.ts';
import { environmentNames } from '../environments.ts';
import { awsCosts } from './aws-costs.ts';
import { azureCosts } from './azure-costs.ts';

const clouds = { aws: awsCosts, azure: azureCosts } as const;

/** Prints what an environment costs, dollars a month by part, as JSON: for `daytrade deploy cost`. */
const { values } = parseArgs({ options: { environment: { type: 'string' }, cloud: { type: 'string' } } });
const environment = oneOf('--environment', environmentNames, values.environment);
const cloud = oneOf('--cloud', ['aws', 'azure'] as const, values.cloud);
process.stdout.write(`${JSON.stringify(clouds[cloud].monthly(environment))}\n`);
