import { expect, it } from 'vitest';
import { imageValues } from './image-values.ts';

const digest = `sha256:${'a'.repeat(64)}`;

it('an image is named by its digest or its tag, also in a registry with a port, and otherwise refused', () => {
  expect(imageValues(`registry.example:5000/day-trade@${digest}`)).toBe(
    `image.repository=registry.example:5000/day-trade,image.digest=${digest}`,
  );
  expect(imageValues('localhost:5000/day-trade:0.1.0')).toBe(
    'image.repository=localhost:5000/day-trade,image.tag=0.1.0,image.digest=',
  );
  for (const image of ['day-trade', 'localhost:5000/day-trade', 'day-trade@sha256:abc'])
    expect(() => imageValues(image)).toThrow(`--image ${image}`);
});
