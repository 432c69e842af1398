# Steps of the workflows, as functions of bash. ENVIRONMENT and CLOUD say what is deployed.
set -euo pipefail

case "$ENVIRONMENT" in
  development) NAMESPACE=day-trade-dev ;;
  staging) NAMESPACE=day-trade-staging ;;
  production) NAMESPACE=day-trade ;;
esac
folder="infrastructure/terraform/$CLOUD"

# Adds its input to the page of the run; outside of one it is shown.
summarise() {
  if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat >>"$GITHUB_STEP_SUMMARY"; else cat; fi
}

# Prepares Terraform for the state of the environment.
initialise() {
  local state
  case "$CLOUD" in
    aws) state="bucket=${AWS_STATE_BUCKET:?is not set: docs/deployment.md}" ;;
    azure) state="storage_account_name=${AZURE_STATE_ACCOUNT:?is not set: docs/deployment.md}" ;;
  esac
  cp "$folder/backend_override.tf.example" "$folder/backend_override.tf"
  terraform -chdir="$folder" init -input=false -reconfigure \
    "-backend-config=backend.$ENVIRONMENT.hcl" "-backend-config=$state"
}

# Plans the environment with its file. The state and the account keep the image that runs.
plan() {
  terraform -chdir="$folder" plan -input=false "-var-file=$ENVIRONMENT.tfvars" "$@"
}

output() {
  terraform -chdir="$folder" output -raw "$1"
}

# Signs in to the registry of the environment, and prints its repository.
sign_in() {
  local repository
  case "$CLOUD" in
    aws)
      repository=$(output image_repository_url)
      aws ecr get-login-password --region "$(output region)" |
        skopeo login --username AWS --password-stdin "${repository%%/*}" >&2
      ;;
    azure)
      repository=$(output image_repository)
      # The user name that Azure's registries take for a token.
      az acr login --name "$(output registry_name)" --expose-token --query accessToken --output tsv |
        skopeo login --username 00000000-0000-0000-0000-000000000000 --password-stdin "${repository%%/*}" >&2
      ;;
  esac
  echo "$repository"
}

inspect_image() {
  skopeo inspect --format '{{.Digest}}' "docker://$1:$GITHUB_SHA" 2>inspect.txt
}

# Prints the digest of this commit's image in a repository, and nothing where it has none. On Azure each environment has
# a registry: production takes the image that staging ran.
find_image() {
  local staging
  if inspect_image "$1"; then return; fi
  if ! grep --quiet --extended-regexp --ignore-case '(manifest|name) unknown' inspect.txt; then
    cat inspect.txt >&2
    return 1
  fi
  if [ "$CLOUD-$ENVIRONMENT" != azure-production ]; then return; fi
  staging=$(az acr list --query "[?resourceGroup=='day-trade-staging'].loginServer" --output tsv) || return
  if az acr import --name "$(output registry_name)" --source "$staging/day-trade:$GITHUB_SHA" \
    --image "day-trade:$GITHUB_SHA" >&2; then
    inspect_image "$1"
  else
    echo '::notice::the image of this commit cannot be taken from staging (above): it is built here' >&2
  fi
}

# Points kubectl and helm to the cluster of the environment.
connect() {
  initialise
  case "$CLOUD" in
    aws)
      # Through Session Manager where the API answers inside the network only.
      output eks_connect >connect.sh
      bash connect.sh
      ;;
    azure)
      az aks get-credentials --overwrite-existing --resource-group "$(output resource_group_name)" \
        --name "$(output aks_cluster_name)"
      kubelogin convert-kubeconfig --login azurecli
      ;;
  esac
}

# Deploys an image by its digest to each runtime of the environment.
deploy() {
  local runtime
  initialise
  runtime=$(output runtime)
  if [ "$CLOUD" = aws ] && [ "$runtime" != kubernetes ]; then roll_out_tasks "$2"; fi
  if [ "$CLOUD" = azure ] && [ "$runtime" != kubernetes ]; then roll_out_groups "$2"; fi
  if [ "$runtime" != containers ]; then
    connect
    roll_out "$1" "$2"
  fi
}

# Applies a plan with options, if each of its changes matches a pattern. No reviewer has seen the others.
apply_only() {
  plan "${@:2}" -out=only.bin
  terraform -chdir="$folder" show -json only.bin | jq --raw-output '
    .resource_changes[] | .change.actions as $actions | select($actions | inside(["no-op", "read"]) | not) |
    "\(.address) \($actions | join(","))"' |
    if grep --invert-match --extended-regexp "$1"; then
      echo '::error::this would change the objects above too: deploy the infrastructure first'
      return 1
    fi
  terraform -chdir="$folder" apply -input=false only.bin
}

# Gives the tasks of ECS an image.
apply_image() {
  local objects='module\.service\[|aws_ecs_task_definition\.migrate|aws_ssm_parameter\.release'
  objects+='|aws_cloudwatch_metric_alarm\.main\["[a-z-]+-silent"\]'
  apply_only "^($objects)" -var "image_digest=$1"
}

# Whether every service of ECS runs an image: ECS returns to the one before where tasks fail.
tasks_run() {
  local cluster service definition region
  cluster=$(output ecs_cluster_name)
  region=$(output region)
  for service in $(terraform -chdir="$folder" output -json ecs_services | jq --raw-output '.[]'); do
    aws ecs wait services-stable --region "$region" --cluster "$cluster" --services "$service" || return 1
    definition=$(aws ecs describe-services --region "$region" --cluster "$cluster" --services "$service" \
      --query 'services[0].taskDefinition' --output text)
    aws ecs describe-task-definition --region "$region" --task-definition "$definition" \
      --query 'taskDefinition.containerDefinitions[].image' --output text | grep "$1" || return 1
  done
}

# Rolls out an image by its digest as tasks. Returns to the one before where they do not run it.
roll_out_tasks() {
  local before
  before=$(terraform -chdir="$folder" output -json | jq --raw-output '.image_digest.value // empty')
  apply_image "$1"
  if tasks_run "$1"; then return; fi
  if [ -n "$before" ]; then apply_image "$before"; fi
  echo "::error::the tasks do not run $1; ${before:-none} is set again"
  return 1
}

# Changes one slot of Container Instances: groups, their logs and names, the gateway, the tags of the registry.
apply_slot() {
  local objects="azurerm_(container_group|monitor_diagnostic_setting|private_dns_a_record)"
  objects+="\.[a-z]+\[\"([a-z-]+-)?$1[/\"]"
  # Alerts of silent groups begin with the first image.
  objects+='|azurerm_monitor_scheduled_query_rules_alert_v2\.main\["[a-z-]+-silent"'
  objects+='|azurerm_(application_gateway\.main\[0\]|container_registry\.main) update$'
  apply_only "^($objects)" -var "$2"
}

# Whether all groups of a slot run, and its migration is done.
slot_runs() {
  local name ids waiting
  name=$(output resource_group_name)
  ids=$(az container list --resource-group "$name" --query "[?tags.slot=='$1'].id" --output tsv)
  # shellcheck disable=SC2086
  waiting=$(az container show --ids $ids --output tsv \
    --query "[?instanceView.state!=(contains(name, '-migrate-') && 'Succeeded' || 'Running')].name") &&
    [ -z "$waiting" ]
}

# Whether the gateway finds each group of the active slot ready. It has the name of its resource group.
gateway_is_healthy() {
  local name sick
  name=$(output resource_group_name)
  sick=$(az network application-gateway show-backend-health --resource-group "$name" --name "$name" --output tsv \
    --query "backendAddressPools[].backendHttpSettingsCollection[].servers[?health!='Healthy'][].address") &&
    [ -z "$sick" ]
}

# Repeats a command until it succeeds, for ten minutes.
await() {
  for _ in $(seq "${ATTEMPTS:-60}"); do
    if "$@"; then return; fi
    sleep 10
  done
  echo "::error::$* failed for ten minutes"
  return 1
}

# Fills the slot of Container Instances that does not serve, switches to it, and empties the other one. Switches back
# where the gateway does not find it ready.
roll_out_groups() {
  local active other before
  active=$(output active_slot)
  if [ "$active" = blue ]; then other=green; else other=blue; fi
  before=$(terraform -chdir="$folder" output -json slots | jq --raw-output ".$active // empty")
  if [ -z "$before" ]; then
    apply_slot "$active" "slots={$active=\"$1\"}"
    await slot_runs "$active"
    await gateway_is_healthy
    return
  fi
  if [ "$before" != "$1" ]; then
    apply_slot "$other" "slots={$active=\"$before\",$other=\"$1\"}"
    await slot_runs "$other"
    apply_slot "$other" "active_slot=$other"
    if ! await gateway_is_healthy; then
      apply_slot "$active" "active_slot=$active"
      echo "::error::$other is not ready; $active serves $before again"
      return 1
    fi
    read -r active other <<<"$other $active"
  fi
  apply_slot "$other" "slots={$active=\"$1\"}"
}

# Rolls out an image by its digest and asks every service. Returns to the revision before where either fails.
roll_out() {
  local before flag values=() options=()
  if ! kubectl get namespace "$NAMESPACE" >/dev/null 2>&1; then options+=(--create-namespace); fi
  if [ "$CLOUD" = azure ]; then
    kubectl create namespace "$NAMESPACE" --dry-run=client --output yaml | kubectl apply --filename -
    output secret_store | kubectl --namespace "$NAMESPACE" apply --filename -
    values+=(--values values.azure.yaml)
    options+=(--set postgresql.enabled=false,redis.enabled=false)
  fi
  terraform -chdir="$folder" output -json | jq --raw-output '(.chart_values // .values_azure).value // "{}"' \
    >infrastructure/helm/values.outputs.yaml
  values+=(--values "values.$ENVIRONMENT.yaml" --values values.outputs.yaml)
  # Helm 3 has another name for it.
  if helm upgrade --help | grep rollback-on-failure >/dev/null; then flag=--rollback-on-failure; else flag=--atomic; fi
  before=$(helm history day-trade-ml --namespace "$NAMESPACE" --output json 2>/dev/null |
    jq 'map(select(.status == "deployed")) | last | .revision // empty' || true)
  trap 'helm history day-trade-ml --namespace "$NAMESPACE" | summarise' EXIT
  (cd infrastructure/helm && helm upgrade --install day-trade-ml ./day-trade-ml --namespace "$NAMESPACE" \
    "${options[@]}" "${values[@]}" --set "image.repository=$1,image.digest=$2" "$flag" --wait --timeout 15m)
  if helm test day-trade-ml --namespace "$NAMESPACE" --logs; then return; fi
  if [ -n "$before" ]; then helm rollback day-trade-ml "$before" --namespace "$NAMESPACE" --wait --timeout 10m; fi
  echo "::error::helm test failed; revision ${before:-none} serves"
  return 1
}

# Fails where the environment differs from its code. Takes no lock: a deployment need not wait.
drift() {
  local code=0
  initialise
  plan -lock=false -detailed-exitcode || code=$?
  if [ "$code" = 2 ]; then echo "::error::$ENVIRONMENT on $CLOUD differs from its code: the plan above shows where"; fi
  return "$code"
}

# Gives the gateway and the names the addresses that groups of Container Instances have now. Azure changes them when it
# restarts a group.
addresses() {
  initialise
  if [ "$(output runtime)" = kubernetes ]; then return; fi
  apply_only '^azurerm_(application_gateway\.main\[0\]|private_dns_a_record\.service\[.*\]) update$' \
    -target=azurerm_application_gateway.main -target=azurerm_private_dns_a_record.service
}

# Runs commands of the platform in the pod of its page, and shows their answers on the page of the run.
ask() {
  local answer
  answer=$(kubectl --namespace "$NAMESPACE" exec deploy/dashboard -- node bundle/main.mjs "$@")
  printf '### daytrade %s\n\n```\n%s\n```\n' "$*" "$answer" | summarise
}

report() {
  connect
  ask reports list
  ask reports show
  ask models list
}

finish() {
  kubectl --namespace "$NAMESPACE" wait --for=condition=Complete "$1" --timeout=1800s
  kubectl --namespace "$NAMESPACE" logs "$1"
}

# Restores a backup on trial: beside the database where workers make encrypted backups, else in its place.
restore_drill() {
  local kubectl=(kubectl --namespace "$NAMESPACE") cronjob secret backup job
  if [ "$ENVIRONMENT" = production ]; then echo '::error::a drill replaces the database: not in production'; return 1; fi
  connect
  if "${kubectl[@]}" get deployment worker --ignore-not-found --output json | grep DAYTRADE_BACKUP_TARGET >/dev/null; then
    ask restore-drill
    return
  fi
  cronjob=$("${kubectl[@]}" get cronjob backup --ignore-not-found --output json)
  if [ -z "$cronjob" ]; then
    echo "::error::no backup is made in $NAMESPACE (backup.enabled): drill the cloud's own where it has the database"
    return 1
  fi
  secret=$(jq --raw-output '[.. | objects | select(.name? == "DAYTRADE_DATABASE_PASSWORD")][0].valueFrom.secretKeyRef.name' \
    <<<"$cronjob")
  backup="backup-drill-$(date +%s)"
  "${kubectl[@]}" create job --from=cronjob/backup "$backup"
  finish "job/$backup"
  scheduler=$("${kubectl[@]}" get deployment/scheduler-service --output 'jsonpath={.spec.replicas}')
  worker=$("${kubectl[@]}" get deployment/worker --output 'jsonpath={.spec.replicas}')
  # What writes starts again whether the restore succeeds or not.
  start_writers() {
    kubectl --namespace "$NAMESPACE" scale deployment/scheduler-service "--replicas=$scheduler"
    kubectl --namespace "$NAMESPACE" scale deployment/worker "--replicas=$worker"
  }
  trap start_writers EXIT
  "${kubectl[@]}" scale deployment/scheduler-service deployment/worker --replicas=0
  job=$(sed "s/name: day-trade-secrets/name: $secret/" infrastructure/kubernetes/restore/restore.yaml |
    "${kubectl[@]}" create --filename - --output name)
  finish "$job"
  trap - EXIT
  start_writers
  helm test day-trade-ml --namespace "$NAMESPACE" --logs
  echo "Restored $NAMESPACE from a backup made just before; every service answered" | summarise
}
