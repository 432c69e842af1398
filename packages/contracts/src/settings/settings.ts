import { z } from 'zod';
import { observationSettings } from './observation-settings.ts';
import { importSettings, jquantsSettings, kabuSettings, providerSettings, yahooSettings } from './provider-settings.ts';
import { keyVaultSettings, pageSettings, serviceSettings } from './service-settings.ts';
import { secretFiles } from './setting-types.ts';
import { storeSettings } from './store-settings.ts';
import { noticeSettings, workSettings } from './work-settings.ts';

/**
 * Every setting, each read once by `parseSettings`, from the environment variable of its name or the settings file.
 * The metadata is what `daytrade doctor` prints. One file per area below `settings/`.
 */
export const settingsSchema = z.object({
  ...serviceSettings,
  ...workSettings,
  ...providerSettings,
  ...importSettings,
  ...jquantsSettings,
  ...yahooSettings,
  ...kabuSettings,
  ...pageSettings,
  ...storeSettings,
  ...keyVaultSettings,
  ...observationSettings,
  ...noticeSettings,
  ...secretFiles,
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;
