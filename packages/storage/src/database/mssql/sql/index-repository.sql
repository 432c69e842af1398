-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- merge, of a new and a changed value
begin;
declare @taken int; exec @taken = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction',
  @LockTimeout = -1;
select @taken as "taken";
select "date", "value"
from "index_values"
where "name" = @1 and "synthetic" = @2
order by "date";
merge into "index_values" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6)) as "source" ("name", "synthetic", "date", "value", "source", "fetched_at")
  on "index_values"."name" = "source"."name" collate Latin1_General_100_BIN2 and "index_values"."synthetic" =
  "source"."synthetic" and "index_values"."date" = "source"."date" collate Latin1_General_100_BIN2
when not matched then insert ("name", "synthetic", "date", "value", "source", "fetched_at")
values ("source"."name", "source"."synthetic", "source"."date", "source"."value", "source"."source",
  "source"."fetched_at");
merge into "index_values" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6)) as "source" ("name", "synthetic", "date", "value", "source", "fetched_at")
  on "index_values"."name" = "source"."name" collate Latin1_General_100_BIN2 and "index_values"."synthetic" =
  "source"."synthetic" and "index_values"."date" = "source"."date" collate Latin1_General_100_BIN2
when matched then update
set "value" = "source"."value", "source" = "source"."source", "fetched_at" = "source"."fetched_at"
when not matched then insert ("name", "synthetic", "date", "value", "source", "fetched_at")
values ("source"."name", "source"."synthetic", "source"."date", "source"."value", "source"."source",
  "source"."fetched_at");
commit;

-- compare
select "date", "value"
from "index_values"
where "name" = @1 and "synthetic" = @2
order by "date";

-- values
select "date", "value"
from "index_values"
where "name" = @1 and "synthetic" = @2
order by "date";

-- extents
select "name", "synthetic", count(*) as "values", min("date") as "first_date", max("date") as "last_date"
from "index_values"
group by "name", "synthetic"
order by "name", "synthetic";
select "source", "fetched_at"
from "index_values"
where "name" = @1 and "synthetic" = @2 and "date" = @3;

-- removeSynthetic
delete from "index_values"
where "synthetic" = @1;
