import { expect, it } from 'vitest';
import { helmLine } from './helm-line.ts';

it('the README of AWS has the line of helm, over which Terraform’s values are laid', () => {
  const line = helmLine('development', 'values.aws.yaml', '10.0.10.77');
  expect(line).toMatch(
    /^helm upgrade --install day-trade-ml \.\/day-trade-ml --namespace day-trade --create-namespace /,
  );
  expect(line).toMatch(/ --values values\.development\.yaml --values values\.aws\.yaml /);
});
