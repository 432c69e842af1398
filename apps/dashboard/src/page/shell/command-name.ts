import type { PageFacts } from '@daytrade/contracts';
import { computed } from '@preact/signals';
import { request } from '../api/request.ts';
import { resource } from '../api/resource.ts';

const seldomSeconds = 3_600;

/** What the page's own server says of itself. */
export const pageFacts = resource(() => request<PageFacts>('/page'), seldomSeconds);

const name = computed(() => pageFacts.body.value?.command ?? 'daytrade');

/**
 * A command line that begins with `daytrade`, by the name under which the reader has it: `./daytrade` after a clone.
 */
export function commandLine(line: string): string {
  return line.replace(/^daytrade(?= )/, () => name.value);
}
