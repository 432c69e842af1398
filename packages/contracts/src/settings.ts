import { z } from 'zod';
import { importSettings } from './settings/import-settings.ts';
import { jquantsSettings } from './settings/jquants-settings.ts';
import { keyVaultSettings } from './settings/key-vault-settings.ts';
import { noticeSettings } from './settings/notice-settings.ts';
import { observationSettings } from './settings/observation-settings.ts';
import { pageSettings } from './settings/page-settings.ts';
import { providerSettings } from './settings/provider-settings.ts';
import { secretFiles } from './settings/secret-files.ts';
import { serviceSettings } from './settings/service-settings.ts';
import { storeSettings } from './settings/store-settings.ts';
import { workSettings } from './settings/work-settings.ts';
import { yahooSettings } from './settings/yahoo-settings.ts';

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
  ...pageSettings,
  ...storeSettings,
  ...keyVaultSettings,
  ...observationSettings,
  ...noticeSettings,
  ...secretFiles,
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;
