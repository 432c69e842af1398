"""Serves the command `azure-simulator` with what this configuration uses and it lacks. Usage: serve.py -p PORT [--log FILE]

- PostgreSQL flexible server: Azure accepts a change (202) and is asked for its end; names and state that it adds. A
  server that begins as another one has its databases, and does not tell where they are from.
- A cluster's version is raised by one minor at a time.
- Roles on single secrets of a Key Vault, which the resource manager does not know.
- Versions that the pools of an AKS cluster may have.
- Machines without additional capabilities.
- What the deletion of Redis's access policy assignments answers.
- Its state is saved at SIGUSR1 alone: at every change, that would take longer than the change.
"""

import importlib.machinery
import importlib.util
import os
import re
import shutil
import signal
import sys

# Refuses what a fresh subscription refuses: unregistered namespaces, roles that are too new, locked scopes.
os.environ.setdefault("AZURE_SIMULATOR_STRICT", "1")
program = shutil.which("azure-simulator")
if program is None:
    sys.exit("azure-simulator is not on the PATH")
loader = importlib.machinery.SourceFileLoader("azure_simulator", program)
spec = importlib.util.spec_from_loader(loader.name, loader)
simulator = importlib.util.module_from_spec(spec)
sys.modules[loader.name] = simulator
loader.exec_module(simulator)

# Redis's access policy assignments end with the same word, and their deletion answers 204.
simulator.OK_ON_DELETE = tuple(
    f"/{word}" if word == "policyassignments" else word for word in simulator.OK_ON_DELETE
)
simulator.ROLES["Role Based Access Control Administrator"] = "f58310d9-a9f6-439a-9e8d-f62e7b41a168"
POSTGRESQL = "microsoft.dbforpostgresql/flexibleservers"
CLUSTER = "microsoft.containerservice/managedclusters"
# A server has all of its settings as soon as it is there.
SETTING = {"value": "off", "defaultValue": "off", "source": "system-default", "dataType": "String"}
simulator.IMPLICIT[f"{POSTGRESQL}/configurations"] = SETTING


class Azure(simulator.Azure):
    """The resource manager."""

    def __init__(self, state=None):
        super().__init__(state)
        signal.signal(signal.SIGUSR1, self.save_now)

    def save(self):
        pass

    def save_now(self, *_):
        with self.lock:
            super().save()
        print("azure-simulator: saved", file=sys.stderr, flush=True)

    def exists(self, path):
        secret = re.search(r"/vaults/([^/]+)/secrets/([^/]+)$", path, re.IGNORECASE)
        if secret is not None:
            return secret[2] in self.vaults.get(secret[1].lower(), {}).get("secrets", {})
        return super().exists(path)

    def arm(self, method, path, query, body):
        if "/operationstatuses/" in path.lower():
            return 200, {"id": path, "name": path.rsplit("/", 1)[1], "status": "Succeeded"}
        cluster, _, asked = path.lower().rpartition("/")
        if asked == "availableagentpoolversions":
            newest = self.resources[cluster]["properties"]["currentKubernetesVersion"]
            versions = {"agentPoolVersions": [{"kubernetesVersion": newest}]}
            return 200, {"id": f"{path}/default", "name": "default", "properties": versions}
        kind = simulator.parse(path)[0]
        status, value = super().arm(method, path, query, body)
        changes = method in ("PUT", "PATCH", "DELETE")
        return (202 if changes and kind.startswith(POSTGRESQL) else status), value

    def put(self, path, kind, name, parent, body):
        before = self.resources.get(path.lower())
        if kind == CLUSTER and before is not None:
            versions = [owner["properties"]["kubernetesVersion"] for owner in (before, body)]
            now, then = (int(version.split(".")[1]) for version in versions)
            if then not in (now, now + 1):
                raise simulator.Refused(400, "OperationNotAllowed", f"Upgrading from {versions[0]} to {versions[1]} is not allowed.")
        return super().put(path, kind, name, parent, body)

    def on_microsoft_dbforpostgresql_flexibleservers(self, path, resource, properties, _before):
        name = resource["name"]
        source, time = (properties.pop(key, None) for key in ("sourceServerResourceId", "pointInTimeUTC"))
        if source is not None:
            if not time < simulator.now():
                raise simulator.Refused(400, "InvalidPointInTimeUTC", f"{time} is not a time of which {source} has a backup.")
            for one in [one for at, one in self.resources.items() if at.startswith(f"{source}/databases/".lower())]:
                copy = f"{path}/databases/{one['name']}"
                self.resources[copy.lower()] = {**one, "id": copy}
        properties.update(state="Ready", fullyQualifiedDomainName=f"{name}.postgres.database.azure.com")
        properties.setdefault("replicationRole", "Primary")
        properties.setdefault("maintenanceWindow", {"customWindow": "Disabled"})

    def on_microsoft_compute_virtualmachines(self, _path, _resource, properties, _before):
        # Capabilities that are all off are not given back.
        if not any(properties.get("additionalCapabilities", {}).values()):
            properties.pop("additionalCapabilities", None)


class Handler(simulator.Handler):
    """Says where the end of what was accepted is asked for."""

    def answer(self, status, value=None, headers=None, **more):
        if status == 202 and "/flexibleServers/" in self.path:
            where = f"https://management.azure.com/subscriptions/{simulator.SUBSCRIPTION}/providers"
            asked = f"{where}/Microsoft.DBforPostgreSQL/locations/japaneast/operationstatuses/done?api-version=2024-08-01"
            headers = {**(headers or {}), "Azure-AsyncOperation": asked}
        return super().answer(status, value, headers, **more)


simulator.Azure, simulator.Handler = Azure, Handler
simulator.main()
