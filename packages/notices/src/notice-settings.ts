import type { Settings } from '@daytrade/contracts';

/** The settings of notices: what is sent, and to whom. */
export type NoticeSettings = Pick<Settings, Extract<keyof Settings, `DAYTRADE_NOTICE${string}`>>;
