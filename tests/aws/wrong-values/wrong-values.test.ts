import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { VariablesOnly } from '../../support/terraform/plan-variables.ts';
import { findTerraform, unless } from '../../support/terraform/terraform.ts';
import { describeWrongValues } from '../../support/terraform/wrong-values.ts';
import { wrongBootstrapValues, wrongValues } from './wrong-values.ts';

const terraform = await findTerraform();
const all = Object.values(wrongValues).flat();

describeWrongValues(terraform, 'aws', 'production', all);
describeWrongValues(terraform, 'aws/bootstrap', undefined, wrongBootstrapValues);

describe.skipIf(terraform.missing)(`the variables of aws in use${unless(terraform.missing)}`, () => {
  let variables: VariablesOnly;
  beforeAll(() => {
    variables = new VariablesOnly('aws');
  });
  afterAll(stopEverything);

  it('are tried with 30 wrong values at least', () => {
    expect(all.length).toBeGreaterThanOrEqual(30);
  });

  it.each(['development', 'staging', 'production'])('take the values of %s', async (environment) => {
    expect(await variables.plan(environment, {})).toEqual([]);
  });

  it.each([
    ['environment', null, 'may not be set to null'],
    ['ml_service_cpu', 'two', 'a number is required'],
    ['public_subnet_cidrs', '10.0.1.0/24', 'list of string required'],
    ['service_replicas', { minimum: 1 }, 'attribute "maximum" is required'],
    ['db_multi_az', 'perhaps', 'a bool is required'],
  ])('have types: %s cannot be %j', async (variable, value, expected) => {
    const [refusal] = await variables.plan('production', { [variable]: value });
    expect(refusal?.message).toContain(variable);
    expect(refusal?.message).toContain(expected);
  });
});
