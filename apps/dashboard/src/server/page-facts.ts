import type { PageFacts } from '@daytrade/contracts';
import type { Service } from '@daytrade/service';

/** `GET /api/page`. */
export function addPageFacts(dashboard: Service, facts: PageFacts): void {
  dashboard.get('/api/page', { schema: { hide: true } }, async () => facts);
}
