import type { Service } from '@daytrade/service-kit';
/** What the page cannot know without its server. */
export interface PageFacts {
  /** How the command line is called where this server was started: `./daytrade` in a clone, else `daytrade`. */
  readonly command: string;
}
/** `GET /api/page`. */
export declare function addPageFacts(dashboard: Service, facts: PageFacts): void;
