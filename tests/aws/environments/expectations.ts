import type { EnvironmentName } from '../../support/terraform/declarations.ts';

/** What the three environments promise to differ in. */
export interface Expectations {
  readonly natGateways: number;
  readonly multiZoneDatabase: boolean;
  readonly databaseBackupDays: number;
  /** Whether database, load balancer and recovery points refuse to be deleted. */
  readonly isProtected: boolean;
  /** Whether copies go to the second region. */
  readonly isReplicated: boolean;
  /** Whether there is a certificate, and with it HTTPS. */
  readonly hasHttps: boolean;
  /** Tasks of the ML service; none until there is an image. */
  readonly mlReplicas: number;
  readonly logDays: number;
  /** Alarms that learn what is usual. */
  readonly anomalyAlarms: number;
  readonly namespace: string;
}

export const expectations: Readonly<Record<EnvironmentName, Expectations>> = {
  development: {
    natGateways: 1,
    multiZoneDatabase: false,
    databaseBackupDays: 7,
    isProtected: false,
    isReplicated: false,
    hasHttps: false,
    mlReplicas: 0,
    logDays: 30,
    anomalyAlarms: 0,
    namespace: 'day-trade-dev',
  },
  staging: {
    natGateways: 2,
    multiZoneDatabase: true,
    databaseBackupDays: 14,
    isProtected: true,
    isReplicated: false,
    hasHttps: true,
    mlReplicas: 3,
    logDays: 90,
    anomalyAlarms: 5,
    namespace: 'day-trade-staging',
  },
  production: {
    natGateways: 2,
    multiZoneDatabase: true,
    databaseBackupDays: 35,
    isProtected: true,
    isReplicated: true,
    hasHttps: true,
    mlReplicas: 3,
    logDays: 365,
    anomalyAlarms: 5,
    namespace: 'day-trade',
  },
};
