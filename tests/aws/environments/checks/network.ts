import { expect, it } from 'vitest';
import type { Account, ApiRecord } from '../../account/account.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

export function checkNetwork(checked: () => CheckedEnvironment): void {
  it('keeps database, cache, tasks and nodes in private subnets', () => {
    const { account, vpc } = checked();
    const isPrivate = ofVpc(account.list('subnets'), vpc)
      .filter((subnet) => !reachesInternetGateway(account, subnet))
      .map((subnet): string => subnet.SubnetId)
      .toSorted();
    const storeGroups = [...account.list('database-subnet-groups'), ...account.list('cache-subnet-groups')];
    const [cluster] = account.list('eks-clusters');
    // Auto Mode puts nodes into the subnets of the cluster.
    const used: string[][] = [
      ...storeGroups.map((group) => group.Subnets.map((subnet: ApiRecord) => subnet.SubnetIdentifier)),
      ...account.list('clusters').flatMap(({ services }) => services.map(subnetsOfService)),
      cluster?.resourcesVpcConfig.subnetIds,
    ];
    expect(used).toHaveLength(2 + 5 + 1);
    for (const subnets of used) expect(subnets.toSorted()).toEqual(isPrivate);
  });
}

function ofVpc(records: readonly ApiRecord[], vpc: ApiRecord): ApiRecord[] {
  return records.filter((record) => record.VpcId === vpc.VpcId);
}

/** Whether packets of a subnet go to an internet gateway: by its own route table, or by the VPC's main one. */
function reachesInternetGateway(account: Account, { SubnetId, VpcId }: ApiRecord): boolean {
  const tables = account.list('route-tables').filter((table) => table.VpcId === VpcId);
  const associated = (table: ApiRecord, wanted: (association: ApiRecord) => boolean) => table.Associations.some(wanted);
  const own = tables.find((table) => associated(table, (association) => association.SubnetId === SubnetId));
  const table = own ?? tables.find((candidate) => associated(candidate, (association) => association.Main));
  return (table?.Routes ?? []).some((route: ApiRecord) => String(route.GatewayId).startsWith('igw-'));
}

function subnetsOfService(service: ApiRecord): string[] {
  return service.networkConfiguration.awsvpcConfiguration.subnets;
}
