/** What is asked for most, by its service and path. */
export const reads = [
  { name: 'predictions', service: 'ml', path: '/v1/predictions/latest' },
  { name: 'bars of a symbol', service: 'data', path: '/v1/bars/0101' },
  { name: 'accuracy', service: 'ml', path: '/v1/accuracy' },
] as const;
