-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
begin;
merge into "announcements" with (holdlock)
using (values (@1, @2, @3, @4, @5)) as "source" ("symbol", "date", "kind", "time", "source") on
  "announcements"."symbol" = "source"."symbol" collate Latin1_General_100_BIN2 and "announcements"."date" =
  "source"."date" collate Latin1_General_100_BIN2 and "announcements"."kind" = "source"."kind" collate
  Latin1_General_100_BIN2
when matched then update
set "time" = "source"."time", "source" = "source"."source"
when not matched then insert ("symbol", "date", "kind", "time", "source")
values ("source"."symbol", "source"."date", "source"."kind", "source"."time", "source"."source");
commit;

-- of
select *
from "announcements"
where "symbol" = @1
order by "date", "kind";

-- between
select *
from "announcements"
where "date" >= @1 and "date" <= @2
order by "symbol", "date", "kind";
