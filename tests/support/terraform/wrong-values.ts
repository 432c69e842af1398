import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../figure.ts';
import { stopEverything } from '../running-process.ts';
import { VariablesOnly } from './plan-variables.ts';
import { type TerraformThere, unless } from './terraform.ts';

/** A value that must be refused. */
export interface WrongValue {
  readonly variable: string;
  readonly value: unknown;
  /** What the message says is allowed. */
  readonly allowed: string;
  /** Other variables, where it is wrong only together with them. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

/** A wrong value, with what the message must say of it. */
export function wrong(
  variable: string,
  value: unknown,
  allowed: string,
  beside: Readonly<Record<string, unknown>> = {},
): WrongValue {
  return { variable, value, allowed, beside };
}

/**
 * Asks of a root that it refuses each value by a rule of its own, and that each of its rules refuses one of them.
 * @param root the folder below infrastructure/terraform
 * @param environment whose values the wrong ones stand beside; undefined for a root without such files
 */
export function describeWrongValues(
  terraform: TerraformThere,
  root: string,
  environment: string | undefined,
  values: readonly WrongValue[],
): void {
  describe.skipIf(terraform.missing)(`the variables of ${root}${unless(terraform.missing)}`, () => {
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
      figure(`${root.split('/')[0]}: wrong values refused by ${root}`, values.length);
      expect(variables.rules.filter((rule) => !broken.has(rule))).toEqual([]);
      expect(broken.size).toBe(variables.rules.length);
    });
  });
}
