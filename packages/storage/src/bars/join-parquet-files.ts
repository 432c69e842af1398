import { ParquetFiles } from './parquet-files.ts';

/**
 * Writes the rows of several parquet files with the same columns into one, in the order of the files, without holding
 * them in memory.
 *
 * @throws DayTradeError `data.bars-damaged` or `state.damaged` for a file that cannot be read
 */
export async function joinParquetFiles(paths: readonly string[], target: string): Promise<void> {
  const parquet = new ParquetFiles();
  try {
    await parquet.join(paths, target);
  } finally {
    await parquet.close();
  }
}
