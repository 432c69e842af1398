import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { copyChart } from '../../scripts/release/chart.ts';
import { chart, succeed } from './programs.ts';
import { withPrograms } from './with-programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'released-chart-'));
afterAll(() => rmSync(folder, { recursive: true }));

withPrograms(['helm'], 'the chart of a release', () => {
  it('installs the image of the release by its digest, and the others as before', () => {
    const image = { repository: 'ghcr.io/owner/day-trade', digest: `sha256:${'a1'.repeat(32)}` };
    copyChart(image, join(folder, 'released'));
    const images = (of: string) =>
      [...succeed('helm', ['template', 'day-trade-ml', of]).matchAll(/image: (\S+)/g)].map(([, name = '']) => name);
    const before = images(chart);
    const ours = /^day-trade:/;
    expect(before.filter((name) => ours.test(name)).length).toBeGreaterThan(4);
    expect(images(join(folder, 'released'))).toEqual(
      before.map((name) => (ours.test(name) ? `${name.replace(ours, `${image.repository}:`)}@${image.digest}` : name)),
    );
    expect(readFileSync(join(folder, 'released', 'values.yaml'), 'utf8')).toContain("# Empty: the chart's appVersion");
  });
});
