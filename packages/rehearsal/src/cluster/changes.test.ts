import { expect, it } from 'vitest';
import { holds } from '../steps/figure.ts';
import { servingFigure } from './changes.ts';

it('a version serves when all pods that answer are of it, by its digest too, and when there are any', () => {
  const image = `registry.example/day-trade@sha256:${'1'.repeat(64)}`;
  const pod = image.replace('@', ':0.1.0@');
  expect(holds(servingFigure([pod, pod], image))).toBe(true);
  expect(holds(servingFigure(['day-trade:0.2.0'], 'day-trade:0.2.0'))).toBe(true);
  expect(servingFigure([pod, 'day-trade:0.2.0'], image).value).toBe('day-trade:0.2.0');
  for (const found of [[], [pod, 'day-trade:0.2.0']]) expect(holds(servingFigure(found, image))).toBe(false);
});
