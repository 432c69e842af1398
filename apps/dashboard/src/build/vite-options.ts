import { join } from 'node:path';
import type { InlineConfig } from 'vite';

/** How the page is built: sources in `src/page`, result in `outDir`, every file but `index.html` named by its hash. */
export function viteOptions(packageFolder: string, outDir: string): InlineConfig {
  return {
    configFile: false,
    root: join(packageFolder, 'src', 'page'),
    base: '/',
    logLevel: 'warn',
    clearScreen: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      // A data: URL would need a wider content security policy than 'self'.
      assetsInlineLimit: 0,
      // The polyfill is an inline script; every browser with the features of the target preloads modules itself.
      modulePreload: { polyfill: false },
      target: 'es2023',
      reportCompressedSize: false,
    },
  };
}
