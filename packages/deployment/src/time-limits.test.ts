import { expect, it } from 'vitest';
import { longestSeconds } from './time-limits.ts';

it.each([
  ['kubectl --namespace day-trade get configmap day-trade-deployment --output json', 120],
  ['kubectl --namespace day-trade --context get-well auth can-i create secrets', 120],
  ['kubectl --namespace day-trade create --filename -', 120],
  ['kubectl --namespace day-trade logs ml-service-1 --tail 20', 120],
  ['kubectl --namespace day-trade delete secret sh.helm.release.v1.day-trade-ml.v3', 600],
  ['kubectl diff --filename -', 600],
  ['kubectl --namespace day-trade exec deploy/dashboard -- node bundle/main.mjs get restore-drill', undefined],
  ['kubectl --namespace day-trade logs ml-service-1 --follow', undefined],
  ['kubectl get pods --watch', undefined],
  ['kubectl port-forward pod/ml-service-1 :8001', undefined],
  ['kubectl wait --for condition=complete job/restore --timeout 30m', undefined],
  ['helm history day-trade-ml --namespace day-trade --output json', 120],
  ['helm upgrade --install day-trade-ml ./day-trade-ml --wait --timeout 90s', 3 * 90 + 600],
  ['helm rollback day-trade-ml 3 --wait --timeout 10m', 3 * 600 + 600],
  ['helm test day-trade-ml --logs', 3 * 300 + 600],
  ['cluster status', 120],
  ['cluster up', 600],
  ['terraform init -input=false -reconfigure -backend-config=backend.staging.hcl', 1_800],
  ['terraform show -json production.tfplan', 600],
  ['terraform -chdir=infrastructure output -json', 600],
  ['terraform state list', 600],
  ['terraform state rm aws_s3_bucket.logs', undefined],
  ['terraform plan -input=false -detailed-exitcode -var-file=show', undefined],
  ['terraform apply -input=false production.tfplan', undefined],
  ['terraform destroy -auto-approve -input=false', undefined],
  ['aws sts get-caller-identity --query Arn --output text', 300],
  ['aws ecr get-login-password --region ap-northeast-1', 300],
  ['aws eks wait cluster-active --name day-trade', undefined],
  ['az account get-access-token --query subscription --output tsv', 300],
  ['az keyvault secret show --vault-name day-trade --name token', 300],
  ['kubelogin convert-kubeconfig --login azurecli', 120],
  ['skopeo inspect --no-tags --raw docker://registry/day-trade@sha256:1', 300],
  ['skopeo login --username AWS --password-stdin registry', 300],
  ['skopeo copy --preserve-digests oci:image docker://registry/day-trade:1', undefined],
])('%s', (command, seconds) => {
  const [program = '', ...args] = command.split(' ');
  expect(longestSeconds(program, args)).toBe(seconds);
});
