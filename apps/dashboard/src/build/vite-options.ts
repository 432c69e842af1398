import { join } from 'node:path';
import type { InlineConfig } from 'vite';

/** How the page is built: sources in `src/page`, result in `outDir`, every file but `index.html` named by its hash. */
export async function viteOptions(packageFolder: string, outDir: string): Promise<InlineConfig> {
  const { preact } = await import('@preact/preset-vite');
  return {
    configFile: false,
    root: join(packageFolder, 'src', 'page'),
    base: '/',
    logLevel: 'warn',
    clearScreen: false,
    plugins: [preact({ reactAliasesEnabled: false, prefreshEnabled: false })],
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
