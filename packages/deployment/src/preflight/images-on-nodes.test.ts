import { expect, it } from 'vitest';
import { imagesOnNodes } from './images-on-nodes.ts';

it('images of nodes are known by all of their names, and those without any are none', () => {
  const image = { names: ['docker.io/library/day-trade:1', 'docker.io/library/day-trade@sha256:0'] };
  const nodes = { items: [{ status: { images: [image, { names: null }, {}] } }, { status: {} }] };
  expect(imagesOnNodes(nodes)).toEqual(image.names);
});
