import { existsSync } from 'node:fs';
import { installDebianPackages } from './debian-packages.ts';

/** Path of the browser for tests of the page. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/**
 * Installs Debian's Chromium and a font with Japanese glyphs where the browser is missing.
 *
 * @returns what a skipped test adds to its title; empty when there is a browser
 */
export function installChromium(): string {
  if (existsSync(chromiumPath)) return '';
  const refusal = installDebianPackages(['chromium', 'fonts-noto-cjk']);
  return refusal === undefined && existsSync(chromiumPath)
    ? ''
    : ` (skipped: no Chromium at ${chromiumPath}; ${refusal})`;
}
