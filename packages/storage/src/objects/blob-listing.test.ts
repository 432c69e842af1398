import { expect, it } from 'vitest';
import { readBlobPage } from './blob-listing.ts';

const blob = (name: string, more = '') =>
  `<Blob><Name>${name}</Name><Properties><Last-Modified>Tue, 24 Nov 2026 07:00:00 GMT</Last-Modified>` +
  `<Etag>0x8DE</Etag>${more}</Properties></Blob>`;
const page = (blobs: string, marker: string) =>
  `<?xml version="1.0"?><EnumerationResults><Blobs>${blobs}</Blobs>${marker}</EnumerationResults>`;

it('reads entries of ours and where the next page begins', () => {
  const text = page(blob('models/a.json') + blob('no key of ours'), '<NextMarker>2!92!MDAw</NextMarker>');
  const entry = { key: 'models/a.json', version: '0x8DE', updatedAt: Date.parse('2026-11-24T07:00:00Z') };
  expect(readBlobPage(text)).toEqual({ entries: [entry], next: '2!92!MDAw' });
  expect(readBlobPage(page('', '<NextMarker />'))).toEqual({ entries: [], next: undefined });
});

it('passes over folders, which an account with a hierarchical namespace lists as blobs', () => {
  const blobs = [
    blob('models', '<ResourceType>directory</ResourceType>'),
    blob('models/a', '<ResourceType>file</ResourceType>'),
  ];
  expect(readBlobPage(page(blobs.join(''), '<NextMarker/>')).entries.map(({ key }) => key)).toEqual(['models/a']);
});
