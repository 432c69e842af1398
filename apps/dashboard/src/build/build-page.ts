import { viteOptions } from './vite-options.ts';

/**
 * Builds the page into `outDir`, for production. Vite asks NODE_ENV which of a package's two forms it takes, whatever
 * its mode; a person's shell or a test may have set it to another, and the page would be that of development, more than
 * half as large again.
 */
export async function buildPage(packageFolder: string, outDir: string): Promise<void> {
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    // vite takes longer to load than everything else here together, so it is loaded only when there is something to
    // build.
    const { build } = await import('vite');
    await build(viteOptions(packageFolder, outDir));
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}
