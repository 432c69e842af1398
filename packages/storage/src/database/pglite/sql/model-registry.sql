-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- register
begin;
select pg_advisory_xact_lock($1::bigint);
select "version"
from "models";
insert into "models" ("created_at", "synthetic", "seed", "trained_from", "trained_to", "symbols", "rows",
  "features", "data_hash", "training_seconds", "coverage", "mean_width_bp", "winkler_bp", "hit_rate", "version",
  "artifact_hash", "artifact_bytes", "members")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);
select *
from "models"
where "version" = $1;
select "at", "version", "previous", "action"
from "activations"
order by "id";
commit;

-- list
select *
from "models"
order by "created_at" desc, "version" desc;
select "at", "version", "previous", "action"
from "activations"
order by "id";

-- find
select *
from "models"
where "version" = $1;
select "at", "version", "previous", "action"
from "activations"
order by "id";

-- live
select "at", "version", "previous", "action"
from "activations"
order by "id";
select *
from "models"
where "version" = $1;
select "at", "version", "previous", "action"
from "activations"
order by "id";

-- activations
select "at", "version", "previous", "action"
from "activations"
order by "id";

-- artifact
select *
from "models"
where "version" = $1;
select "at", "version", "previous", "action"
from "activations"
order by "id";

-- promote
begin;
select pg_advisory_xact_lock($1::bigint);
select *
from "models"
where "version" = $1;
select "at", "version", "previous", "action"
from "activations"
order by "id";
select "at", "version", "previous", "action"
from "activations"
order by "id";
insert into "activations" ("at", "version", "previous", "action")
values ($1, $2, $3, $4);
select *
from "models"
where "version" = $1;
select "at", "version", "previous", "action"
from "activations"
order by "id";
commit;

-- rollbackTargets
select "at", "version", "previous", "action"
from "activations"
order by "id";
select *
from "models"
where "version" = $1;
select "at", "version", "previous", "action"
from "activations"
order by "id";

-- rollback
begin;
select pg_advisory_xact_lock($1::bigint);
select "at", "version", "previous", "action"
from "activations"
order by "id";
insert into "activations" ("at", "version", "previous", "action")
values ($1, $2, $3, $4);
select *
from "models"
where "version" = $1;
select "at", "version", "previous", "action"
from "activations"
order by "id";
commit;

-- removeOrphans
select "artifact_hash"
from "models";
