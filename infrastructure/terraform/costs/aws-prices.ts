import type { PriceSource } from './price-sources.ts';

/**
 * What a unit costs on demand in ap-northeast-1 (Tokyo), in US dollars without tax. Hours unless the name says
 * otherwise.
 */
export const awsPrices = {
  fargateProcessor: 0.05056,
  fargateGibibyte: 0.005536,
  logGigabyte: 0.77,
  natGateway: 0.062,
  natGigabyte: 0.062,
  publicAddress: 0.005,
  interfaceEndpoint: 0.014,
  loadBalancer: 0.0243,
  loadBalancerUnit: 0.008,
  database: { 'db.t3.small': 0.056, 'db.t3.medium': 0.112 },
  databaseGibibyteMonth: 0.138,
  databaseInsightsProcessor: 0.0125,
  cache: { 'cache.t3.micro': 0.026 },
  clusterControlPlane: 0.1,
  /** A processor of an m6i, with its 4 GiB. */
  nodeProcessor: 0.062,
  /** What Auto Mode takes on top, of the price on demand. */
  autoModeShare: 0.12,
  jumpHost: 0.0054,
  /** The share of the price that Graviton costs. */
  armShare: 0.8,
  backupGibibyteMonth: 0.05,
  regionGigabyte: 0.09,
  diskGibibyteMonth: 0.096,
  objectsGibibyteMonth: 0.025,
  imagesGibibyteMonth: 0.1,
  keyMonth: 1,
  secretMonth: 0.4,
  alarmMonth: 0.1,
  metricMonth: 0.3,
  dashboardMonth: 3,
  firewallMonth: 5,
  firewallRuleMonth: 1,
  /** The share of the price that Fargate Spot costs; it moves. */
  spotShare: 0.3,
} as const;

/** Where each price is from. */
export const awsPriceSources: readonly PriceSource[] = [
  {
    source: 'clyr.co.jp/posts/aws-fargate-pricing-breakdown-estimate-tips-3920',
    date: '2025-09-01',
    prices: ['fargateProcessor', 'fargateGibibyte', 'logGigabyte'],
  },
  {
    source: 'kenzo0107.github.io/2026/04/19/2026-04-20-ecr-vpc-endpoint-break-even-analysis',
    date: '2026-04-19',
    prices: ['natGateway', 'natGigabyte'],
  },
  { source: 'cloudburn.io/blog/aws-nat-gateway-pricing', date: '2026-02-01', prices: ['publicAddress'] },
  {
    source: 'memory of the price lists of AWS, not looked up: to be checked with calculator.aws before a decision',
    date: '2026-11-27',
    prices: [
      'interfaceEndpoint',
      'loadBalancer',
      'loadBalancerUnit',
      'database',
      'databaseGibibyteMonth',
      'databaseInsightsProcessor',
      'cache',
      'clusterControlPlane',
      'nodeProcessor',
      'autoModeShare',
      'jumpHost',
      'armShare',
      'backupGibibyteMonth',
      'regionGigabyte',
      'diskGibibyteMonth',
      'objectsGibibyteMonth',
      'keyMonth',
      'secretMonth',
      'alarmMonth',
      'metricMonth',
      'dashboardMonth',
      'firewallMonth',
      'firewallRuleMonth',
      'spotShare',
    ],
  },
  // Of N. Virginia.
  { source: 'cloudburn.io/blog/amazon-ecr-pricing', date: '2026-03-01', prices: ['imagesGibibyteMonth'] },
];
