import type { Ensemble } from '../ensemble.ts';
import { deserialiseModels, serialiseModels } from '../members/ensemble-models.ts';
import { readBlockFile, writeBlockFile } from './block-file.ts';

/** What lies in the file: the ensemble with its models as bytes of their own. */
type EnsembleFile = Omit<Ensemble, 'models'> & { readonly models: readonly Uint8Array[] };

/** The ensemble as bytes: versioned and checksummed; the same seed and data give the same bytes. */
export function serialiseEnsemble(ensemble: Ensemble): Uint8Array {
  return writeBlockFile({ ...ensemble, models: serialiseModels(ensemble.models) } satisfies EnsembleFile);
}

/**
 * The reverse of {@link serialiseEnsemble}.
 *
 * @throws DayTradeError `model.file-invalid` when the bytes are something else, damaged, or of a newer version
 */
export function deserialiseEnsemble(bytes: Uint8Array): Ensemble {
  const file = readBlockFile(bytes) as EnsembleFile;
  return { ...file, models: deserialiseModels(file.models) };
}
