/** A chart that stands on the page. */
export interface MountedChart {
  remove(): void;
}
