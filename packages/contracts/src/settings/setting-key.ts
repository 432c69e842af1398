const prefix = 'DAYTRADE_';

/**
 * How a settings file writes a setting: without `DAYTRADE_`, in small letters, the first word as the section.
 *
 * @example settingKey('DAYTRADE_JQUANTS_API_KEY_FILE') // 'jquants.api_key_file'
 */
export function settingKey(name: string): string {
  return name.slice(prefix.length).toLowerCase().replace('_', '.');
}

/**
 * The setting that a key of a settings file means. A dot and an underscore are the same, so that `[worker] min`,
 * `worker.min` and `worker_min` are one setting; that it exists is not checked.
 *
 * @example settingNameOf('jquants.plan') // 'DAYTRADE_JQUANTS_PLAN'
 */
export function settingNameOf(key: string): string {
  return `${prefix}${key.replaceAll('.', '_').toUpperCase()}`;
}
