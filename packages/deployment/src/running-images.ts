import type { CloudName } from './targets.ts';

/**
 * What an environment runs on ECS or Container Instances, from its state, as variables of Terraform: a plan that leaves
 * them out would stop every task. The environment's own file is read after them, so what it says counts.
 * @param state what `terraform show -json` prints
 * @throws Error when tasks run two images, as after an apply that broke off
 */
export function runningImages(cloud: CloudName, state: string): Readonly<Record<string, unknown>> {
  return cloud === 'aws' ? runningDigest(state) : runningSlots(state);
}

const digest = /@(?<digest>sha256:[0-9a-f]{64})/;

function runningDigest(state: string): Readonly<Record<string, unknown>> {
  const { image_repository_url: repository } = outputsOf(state);
  if (typeof repository !== 'string') return {};
  const images = resourcesOf(state)
    .filter(({ type }) => type === 'aws_ecs_task_definition')
    .flatMap(({ values }) => JSON.parse(String(values.container_definitions)) as { image: string }[])
    .filter(({ image }) => image.startsWith(`${repository}@`));
  const found = [...new Set(images.map(({ image }) => digest.exec(image)?.groups?.digest))];
  if (found.length > 1) {
    throw new Error(`tasks run ${found.join(' and ')}: say by image_digest in the tfvars file which is right`);
  }
  return found[0] === undefined ? {} : { image_digest: found[0] };
}

function runningSlots(state: string): Readonly<Record<string, unknown>> {
  const groups = resourcesOf(state).filter(
    ({ type, name }) => type === 'azurerm_container_group' && name === 'migrate',
  );
  const slots = groups.map(({ index, values }) => {
    const [container] = values.container as { image: string }[];
    return [index, digest.exec(container?.image ?? '')?.groups?.digest];
  });
  const { active_slot: active } = outputsOf(state);
  return { slots: Object.fromEntries(slots), ...(typeof active === 'string' && { active_slot: active }) };
}

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

interface State {
  readonly values?: {
    readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
    readonly root_module?: Module;
  };
}

function resourcesOf(state: string): readonly Resource[] {
  const all = (module: Module): readonly Resource[] => [
    ...(module.resources ?? []),
    ...(module.child_modules ?? []).flatMap(all),
  ];
  return all((JSON.parse(state) as State).values?.root_module ?? {});
}

function outputsOf(state: string): Readonly<Record<string, unknown>> {
  const outputs = Object.entries((JSON.parse(state) as State).values?.outputs ?? {});
  return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
}
