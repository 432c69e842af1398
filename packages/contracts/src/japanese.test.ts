import { expect, it } from 'vitest';
import catalogue from './contracts.ja.json' with { type: 'json' };

const valuesOf = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([value]) => value);

it('has in each sentence the values of the English one, which are in order', () => {
  const { jobs: _jobs, ...sections } = catalogue;
  for (const [english, japanese] of Object.values(sections).flatMap((section) => Object.entries<string>(section))) {
    expect(valuesOf(japanese).sort(), english).toEqual(valuesOf(english));
  }
});
