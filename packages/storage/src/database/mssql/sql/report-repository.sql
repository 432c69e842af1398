-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- save
select "revision", "outcome_hash", "object"
from "reports"
where "session" = @1 and "synthetic" = @2
order by "revision" desc
offset @3 rows fetch next @4 rows only;
merge into "reports" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6, @7, @8, @9)) as "source" ("session", "synthetic", "revision", "made_at",
  "outcome_hash", "object", "published", "judged", "inside") on "reports"."session" = "source"."session" collate
  Latin1_General_100_BIN2 and "reports"."synthetic" = "source"."synthetic" and "reports"."revision" =
  "source"."revision"
when not matched then insert ("session", "synthetic", "revision", "made_at", "outcome_hash", "object", "published",
  "judged", "inside")
values ("source"."session", "source"."synthetic", "source"."revision", "source"."made_at", "source"."outcome_hash",
  "source"."object", "source"."published", "source"."judged", "source"."inside");

-- list
select "session", "revision", "made_at", "synthetic", "published", "judged", "inside"
from "reports"
where "synthetic" = @1
order by "session" desc, "revision" desc
offset @2 rows fetch next @3 rows only;

-- find
select "revision", "outcome_hash", "object"
from "reports"
where "session" = @1 and "synthetic" = @2
order by "revision" desc
offset @3 rows fetch next @4 rows only;

-- find, of one revision
select "revision", "outcome_hash", "object"
from "reports"
where "session" = @1 and "synthetic" = @2 and "revision" = @3
order by "revision" desc
offset @4 rows fetch next @5 rows only;

-- before
select "object"
from "reports"
where "synthetic" = @1 and "session" < @2
order by "session" desc, "revision" desc
offset @3 rows fetch next @4 rows only;

-- removeOrphans
select "object"
from "reports";

-- prune
select "session", "revision", "made_at", "synthetic", "published", "judged", "inside"
from "reports"
where "synthetic" = @1
order by "session" desc, "revision" desc
offset @2 rows fetch next @3 rows only;
select count(*) as "count"
from "reports"
where "synthetic" = @1 and "session" < @2;
delete from "reports"
where "synthetic" = @1 and "session" < @2;
select "session", "revision", "made_at", "synthetic", "published", "judged", "inside"
from "reports"
where "synthetic" = @1
order by "session" desc, "revision" desc
offset @2 rows fetch next @3 rows only;
