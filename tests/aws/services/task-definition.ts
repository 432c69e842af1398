import { z } from 'zod';
import type { AppliedEnvironment } from '../environments/applied-environment.ts';
import { aws } from '../tooling/aws-command.ts';
import type { Simulator } from '../tooling/simulator.ts';

const container = z.object({
  name: z.string(),
  entryPoint: z.array(z.string()).optional(),
  command: z.array(z.string()),
  environment: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  secrets: z.array(z.object({ name: z.string(), valueFrom: z.string() })).default([]),
  dependsOn: z.array(z.object({ containerName: z.string(), condition: z.string() })).default([]),
});

/** A container as the task definition says that it is to be started. */
export type Container = z.output<typeof container>;

/** The containers of a service's newest task definition, as the API returns them. */
export async function containersOf({ name, simulator }: AppliedEnvironment, service: string): Promise<Container[]> {
  const family = `day-trade-${name}-${service}`;
  const told = await aws(simulator, ['ecs', 'describe-task-definition', '--task-definition', family]);
  return z.array(container).parse(JSON.parse(told).taskDefinition.containerDefinitions);
}

const known = new Map<string, Promise<string>>();

/** Each secret is asked for once. */
function secretOf(simulator: Simulator, id: string): Promise<string> {
  const asked = known.get(id) ?? aws(simulator, ['secretsmanager', 'get-secret-value', '--secret-id', id]);
  known.set(id, asked);
  return asked.then((answer) => JSON.parse(answer).SecretString);
}

/**
 * The variables of a container as ECS gives them to its process: the plain ones, and the secrets by what they refer to.
 */
export async function environmentOf(
  { simulator }: AppliedEnvironment,
  { environment, secrets }: Container,
): Promise<Record<string, string>> {
  const variables = Object.fromEntries(environment.map(({ name, value }) => [name, value]));
  for (const { name, valueFrom } of secrets) {
    // arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME, and where it is JSON, :FIELD:STAGE:VERSION
    const parts = valueFrom.split(':');
    const [id, field] = [parts.slice(0, 7).join(':'), parts[7]];
    const text = await secretOf(simulator, id);
    variables[name] = field ? JSON.parse(text)[field] : text;
  }
  return variables;
}
