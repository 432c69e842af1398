import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { environmentNames } from '../../support/terraform/declarations.ts';
import { VariablesOnly } from '../../support/terraform/plan-variables.ts';
import { findTerraform, unless } from '../../support/terraform/terraform.ts';
import { describeWrongValues } from '../../support/terraform/wrong-values.ts';
import { wrongBootstrapValues, wrongValues } from './wrong-values.ts';

const terraform = await findTerraform();
const all = Object.values(wrongValues).flat();

describeWrongValues(terraform, 'azure', 'production', all);
describeWrongValues(terraform, 'azure/bootstrap', undefined, wrongBootstrapValues);

describe.skipIf(terraform.missing)(`the variables of azure in use${unless(terraform.missing)}`, () => {
  let variables: VariablesOnly;
  beforeAll(() => {
    variables = new VariablesOnly('azure');
  });
  afterAll(stopEverything);

  it('are tried with 40 wrong values at least', () => {
    expect(all.length).toBeGreaterThanOrEqual(40);
  });

  it.each(environmentNames)('take the values of %s', async (environment) => {
    expect(await variables.plan(environment, {})).toEqual([]);
  });

  it.each([
    ['environment', null, 'may not be set to null'],
    ['sql_database_max_size_gb', 'much', 'a number is required'],
    ['operator_cidrs', '203.0.113.0/24', 'list of string required'],
    ['aks_nodes', { minimum: 1 }, 'attribute "maximum" is required'],
    ['sql_failover_group', 'perhaps', 'a bool is required'],
  ])('have types: %s cannot be %j', async (variable, value, expected) => {
    const [refusal] = await variables.plan('production', { [variable]: value });
    expect(refusal?.message).toContain(variable);
    expect(refusal?.message).toContain(expected);
  });
});
