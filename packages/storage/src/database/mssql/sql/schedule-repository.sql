-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- list
select *
from "schedules"
order by "job";

-- serve
merge into "schedules" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6)) as "source" ("job", "served_until", "paused", "changed_at", "changed_by",
  "reason") on "schedules"."job" = "source"."job" collate Latin1_General_100_BIN2
when not matched then insert ("job", "served_until", "paused", "changed_at", "changed_by", "reason")
values ("source"."job", "source"."served_until", "source"."paused", "source"."changed_at", "source"."changed_by",
  "source"."reason");
update "schedules"
set "served_until" = @1
where "job" = @2 and ("served_until" is null or "served_until" < @3);

-- switch
merge into "schedules" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6)) as "source" ("job", "served_until", "paused", "changed_at", "changed_by",
  "reason") on "schedules"."job" = "source"."job" collate Latin1_General_100_BIN2
when not matched then insert ("job", "served_until", "paused", "changed_at", "changed_by", "reason")
values ("source"."job", "source"."served_until", "source"."paused", "source"."changed_at", "source"."changed_by",
  "source"."reason");
update "schedules"
set "paused" = @1, "changed_at" = @2, "changed_by" = @3, "reason" = @4
output "inserted".*
where "job" = @5;
