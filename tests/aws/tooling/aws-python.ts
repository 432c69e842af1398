import { join } from 'node:path';
import { type PythonEnvironment, pythonEnvironment } from '../../support/python.ts';

/** The environment of the simulator, the AWS command line and the HCL reader. */
export function awsPython(): Promise<PythonEnvironment> {
  return pythonEnvironment('aws', join(import.meta.dirname, '..', 'requirements.txt'));
}
