import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { stopEverything } from '../../support/running-process.ts';
import { findTerraform, unless } from '../tooling/terraform.ts';
import { VariablesOnly } from './plan-variables.ts';
import { type WrongValue, wrongBootstrapValues, wrongValues } from './wrong-values.ts';

const terraform = await findTerraform();
const all = Object.values(wrongValues).flat();

const roots: readonly [string, string | undefined, readonly WrongValue[]][] = [
  ['aws', 'production', all],
  ['aws/bootstrap', undefined, wrongBootstrapValues],
];

describe.skipIf(terraform.missing).each(roots)(
  `the variables of %s${unless(terraform.missing)}`,
  (root, environment, values) => {
    const broken = new Set<string>();
    let variables: VariablesOnly;
    beforeAll(() => {
      variables = new VariablesOnly(root);
    });
    afterAll(stopEverything);

    it.each(values)(
      'refuse $value for $variable and say what is allowed',
      async ({ variable, value, allowed, beside }) => {
        const refusals = await variables.plan(environment, { ...beside, [variable]: value });
        const own = refusals.filter(({ message }) => message.includes(allowed));
        expect(own, JSON.stringify(refusals)).toHaveLength(1);
        expect(own[0]?.message).toContain(variable);
        broken.add(own[0]?.rule ?? '');
      },
    );

    it('have no rule that none of these breaks', () => {
      figure(`aws: wrong values refused by ${root}`, values.length);
      expect(variables.rules.filter((rule) => !broken.has(rule))).toEqual([]);
      expect(broken.size).toBe(variables.rules.length);
    });
  },
);

describe.skipIf(terraform.missing)(`the variables of aws${unless(terraform.missing)}`, () => {
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
