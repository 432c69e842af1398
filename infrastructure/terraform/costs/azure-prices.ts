import type { PriceSource } from './price-sources.ts';

/** What a unit costs on demand in Japan East, in US dollars without tax. Hours unless the name says otherwise. */
export const azurePrices = {
  containerProcessor: 0.0486,
  containerGigabyte: 0.00533,
  node: { Standard_D2s_v5: 0.124, Standard_D2ds_v5: 0.146, Standard_D4s_v5: 0.248, Standard_D8s_v5: 0.496 },
  nodeDiskMonth: 21,
  clusterStandard: 0.1,
  postgresql: { B_Standard_B2s: 0.0816, GP_Standard_D2ds_v5: 0.209, GP_Standard_D4ds_v5: 0.418 },
  postgresqlGigabyteMonth: 0.138,
  sqlMonth: { S0: 17.7, S2: 90.3 },
  redisManaged: { Balanced_B0: 0.017, Balanced_B1: 0.034 },
  redisClassic: { 'Basic C0': 0.022, 'Standard C1': 0.138 },
  natGateway: 0.045,
  natGigabyte: 0.045,
  publicAddress: 0.005,
  privateEndpoint: 0.01,
  dnsZoneMonth: 0.5,
  firewallGateway: 0.443,
  firewallGatewayUnit: 0.0144,
  logGigabyte: 3.34,
  metricAlertMonth: 0.1,
  dynamicAlertMonth: 0.2,
  queryAlertMonth: 1.5,
  registryDay: 1.667,
  objectsGigabyteMonth: { LRS: 0.02, ZRS: 0.025, GRS: 0.04, GZRS: 0.045 },
  secretOperations10k: 0.03,
} as const;

/** Where each price is from. */
export const azurePriceSources: readonly PriceSource[] = [
  {
    source:
      'memory of the price lists of Azure, not looked up: to be checked with azure.microsoft.com/pricing/calculator ' +
      'before a decision',
    date: '2026-11-29',
    prices: [
      'containerProcessor',
      'containerGigabyte',
      'node',
      'nodeDiskMonth',
      'clusterStandard',
      'postgresql',
      'postgresqlGigabyteMonth',
      'sqlMonth',
      'redisManaged',
      'redisClassic',
      'natGateway',
      'natGigabyte',
      'publicAddress',
      'privateEndpoint',
      'dnsZoneMonth',
      'firewallGateway',
      'firewallGatewayUnit',
      'logGigabyte',
      'metricAlertMonth',
      'dynamicAlertMonth',
      'queryAlertMonth',
      'registryDay',
      'objectsGigabyteMonth',
      'secretOperations10k',
    ],
  },
];
