-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- register
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select "version"
from "models";
insert into "models" ("created_at", "synthetic", "seed", "trained_from", "trained_to", "symbols", "rows",
  "features", "data_hash", "training_seconds", "coverage", "mean_width_bp", "winkler_bp", "hit_rate", "version",
  "artifact_hash", "artifact_bytes", "members")
values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18);
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
where "version" = @6;
commit;

-- list
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
order by "created_at" desc, "version" desc;

-- find
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
where "version" = @6;

-- live
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
where "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @6 rows fetch next @7 rows only
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
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
where "version" = @6;

-- promote
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
where "version" = @6;
select "version"
from "activations"
order by "id" desc
offset @1 rows fetch next @2 rows only;
insert into "activations" ("at", "version", "previous", "action", "by")
values (@1, @2, @3, @4, @5);
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
where "version" = @6;
commit;

-- rollbackTargets
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
where "version" = @6;

-- rollback
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
insert into "activations" ("at", "version", "previous", "action", "by")
values (@1, @2, @3, @4, @5);
select *, case when "version" = (
  select "version"
  from "activations"
  order by "id" desc
  offset @1 rows fetch next @2 rows only
) then @3 when exists (
  select "id"
  from "activations"
  where "activations"."version" = "models"."version"
) then @4 else @5 end as "status"
from "models"
where "version" = @6;
commit;

-- prune
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select "version"
from "models"
where "created_at" < @1 and (not exists (
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
where "version" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);
commit;

-- removeOrphans
select "artifact_hash"
from "models";
