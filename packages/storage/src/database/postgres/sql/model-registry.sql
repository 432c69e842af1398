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
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
where "version" = $5;
commit;

-- list
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
order by "created_at" desc, "version" desc;

-- find
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
where "version" = $5;

-- live
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
where "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $5
);

-- activations
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";

-- artifact
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
where "version" = $5;

-- promote
begin;
select pg_advisory_xact_lock($1::bigint);
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
where "version" = $5;
select "version"
from "activations"
order by "id" desc
limit $1;
insert into "activations" ("at", "version", "previous", "action", "by")
values ($1, $2, $3, $4, $5);
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
where "version" = $5;
commit;

-- rollbackTargets
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
where "version" = $5;

-- rollback
begin;
select pg_advisory_xact_lock($1::bigint);
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
insert into "activations" ("at", "version", "previous", "action", "by")
values ($1, $2, $3, $4, $5);
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  limit $1
) then $2 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then $3 else $4 end as "status"
from "models"
where "version" = $5;
commit;

-- prune
begin;
select pg_advisory_xact_lock($1::bigint);
select "version"
from "models"
where "created_at" < $1 and (not exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) and not exists (
  select "symbol"
  from "predictions"
  where "predictions"."model_version" = "models"."version"
))
order by "version";
delete from "models"
where "version" in ($1);
commit;

-- removeOrphans
select "artifact_hash"
from "models";
