const paths = {
  today: 'M4 6h12M4 10h12M4 14h7M15 12.5v5M12.5 15h5',
  symbol: 'M6 3v3M6 13v4M14 4v3M14 12v4M4 6h4v7H4zM12 7h4v5h-4z',
  accuracy: 'M3 16h14M4 13l4-4 3 2.5L16 6M4 5h12',
  earnings: 'M4 5h12v12H4zM4 8.5h12M7 3v3.5M13 3v3.5M7 12h.01M10 12h.01M13 12h.01',
  strategy: 'M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5',
  models: 'M10 3l7 3.5-7 3.5-7-3.5zM3 10l7 3.5 7-3.5M3 13.5L10 17l7-3.5',
  jobs: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l3 2',
  quality: 'M10 3l6 2.2v4.3c0 3.6-2.4 6-6 7.5-3.6-1.5-6-3.9-6-7.5V5.2zM7.3 10l2 2 3.4-4',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM12.6 12.6L17 17',
  star: 'M10 3l2.1 4.6 5 .6-3.7 3.4 1 4.9-4.4-2.5-4.4 2.5 1-4.9L2.9 8.2l5-.6z',
  warning: 'M10 3.5L17.5 16.5h-15zM10 8v4M10 14.3h.01',
} as const;

export type IconName = keyof typeof paths;

/** A line icon in the colour of the text around it, hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
