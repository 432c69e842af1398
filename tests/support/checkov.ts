import { join } from 'node:path';
import { type PythonEnvironment, pythonEnvironment } from './python.ts';

/** Installs checkov; a run that only waits for something else can have this done beside it. */
export function installCheckov(): Promise<PythonEnvironment> {
  return pythonEnvironment('checkov', join(import.meta.dirname, 'checkov-requirements.txt'));
}
