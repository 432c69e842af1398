import { expect, it } from 'vitest';
import type { Account, ApiRecord } from '../../account/account.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

/** Subnets, ways out, groups. */
export function checkNetwork(checked: () => CheckedEnvironment): void {
  it('has private subnets in two zones, without public addresses and without a way in', () => {
    const { account, vpc } = checked();
    expect(vpc.CidrBlock).toBe('10.0.0.0/16');
    const subnets = ofVpc(account.list('subnets'), vpc);
    expect(subnets.map((subnet): string => subnet.CidrBlock).toSorted()).toEqual(
      ['10.0.1.0/24', '10.0.2.0/24', '10.0.10.0/24', '10.0.20.0/24'].toSorted(),
    );
    expect(subnets.filter((subnet) => subnet.MapPublicIpOnLaunch)).toEqual([]);
    const isPrivate = subnets.filter((subnet) => !reachesInternetGateway(account, subnet));
    expect(isPrivate.map((subnet): string => subnet.CidrBlock).toSorted()).toEqual(['10.0.10.0/24', '10.0.20.0/24']);
    expect(new Set(isPrivate.map((subnet) => subnet.AvailabilityZone)).size).toBe(2);
  });

  it('goes out by a NAT gateway for each zone, and to AWS by endpoints', () => {
    const { account, vpc } = checked();
    const gateways = ofVpc(account.list('nat-gateways'), vpc).filter((gateway) => gateway.State === 'available');
    expect(gateways).toHaveLength(2);
    const endpoints = ofVpc(account.list('endpoints'), vpc).map((endpoint) => endpoint.ServiceName.split('.').at(-1));
    expect(endpoints).toEqual(expect.arrayContaining(['s3', 'api', 'dkr', 'logs', 'secretsmanager']));
  });

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

  it('lets the internet in at the load balancer alone, at 80 and 443', () => {
    const { account, name } = checked();
    const open: string[] = account
      .list('security-groups')
      .flatMap((group) =>
        group.IpPermissions.filter((rule: ApiRecord) => rule.IpRanges.length > 0 || rule.Ipv6Ranges.length > 0).map(
          (rule: ApiRecord): string => `${group.GroupName} ${rule.FromPort}-${rule.ToPort}`,
        ),
      );
    expect(open.toSorted()).toEqual([`${name}-load-balancer 443-443`, `${name}-load-balancer 80-80`]);
  });

  it.each([
    ['database', 5432],
    ['cache', 6379],
  ])('lets groups into the %s, at its port alone, and nobody by the default group', (store, port) => {
    const { account, vpc, name } = checked();
    const groups = ofVpc(account.list('security-groups'), vpc);
    const group = groups.find((candidate) => candidate.GroupName === `${name}-${store}`);
    expect(group?.IpPermissions.length).toBeGreaterThan(0);
    for (const rule of group?.IpPermissions ?? []) expect(rule).toMatchObject({ FromPort: port, ToPort: port });
    const clients: ApiRecord[] = group?.IpPermissions.flatMap((rule: ApiRecord) => rule.UserIdGroupPairs) ?? [];
    // Four services and the nodes of the cluster; the dashboard asks the services, never a store.
    expect(new Set(clients.map((client) => client.GroupId)).size).toBe(5);
    const closed = groups.find((candidate) => candidate.GroupName === 'default');
    expect(closed).toMatchObject({ IpPermissions: [], IpPermissionsEgress: [] });
  });

  it('writes down who talked to whom', () => {
    const { account, vpc } = checked();
    expect(account.list('flow-logs')).toMatchObject([{ ResourceId: vpc.VpcId, TrafficType: 'ALL' }]);
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
