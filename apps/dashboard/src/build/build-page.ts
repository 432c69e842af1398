import { join } from 'node:path';
import type { InlineConfig } from 'vite';

/**
 * Builds the page into `outDir` for production, whatever NODE_ENV is. Vite picks the form of each package by NODE_ENV
 * alone, and the page of the development form is more than half as large again.
 */
export async function buildPage(packageFolder: string, outDir: string): Promise<void> {
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    // Loaded only for a build: vite takes longer to load than everything else here together.
    const { build } = await import('vite');
    await build(viteOptions(packageFolder, outDir));
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** Every file but `index.html` is named by its hash. */
function viteOptions(packageFolder: string, outDir: string): InlineConfig {
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
      // The polyfill is an inline script. Every browser with the features of the target preloads modules itself.
      modulePreload: { polyfill: false },
      target: 'es2023',
      reportCompressedSize: false,
    },
  };
}
