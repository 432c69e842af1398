-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- prune
select "report", "judged_object"
from "evaluations"
where (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.synthetic')
) = @1 and (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.stretch')
) is distinct from @2 and ((
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) is null or (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) = @3)
order by "made_at" desc, "id" desc
offset @4 rows fetch next @5 rows only;
select "report", "judged_object"
from "evaluations"
where (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.synthetic')
) = @1 and (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.stretch')
) is distinct from @2 and ((
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) is null or (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) = @3)
order by "made_at" desc, "id" desc
offset @4 rows fetch next @5 rows only;
select "id"
from "evaluations"
where "made_at" < @1;
delete from "evaluations"
where "id" in (
  select "value" collate Latin1_General_100_BIN2
  from openjson(@1) with ("value" nvarchar(max) '$')
);

-- save
merge into "evaluations" with (holdlock)
using (values (@1, @2, @3, @4)) as "source" ("id", "made_at", "report", "judged_object") on "evaluations"."id" =
  "source"."id" collate Latin1_General_100_BIN2
when matched then update
set "made_at" = "source"."made_at", "report" = "source"."report", "judged_object" = "source"."judged_object"
when not matched then insert ("id", "made_at", "report", "judged_object")
values ("source"."id", "source"."made_at", "source"."report", "source"."judged_object");

-- latest
select "report", "judged_object"
from "evaluations"
where (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.synthetic')
) = @1 and (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.stretch')
) is distinct from @2 and ((
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) is null or (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) = @3)
order by "made_at" desc, "id" desc
offset @4 rows fetch next @5 rows only;

-- find
select "report"
from "evaluations"
where "id" = @1;

-- judgedArchive
select "report", "judged_object"
from "evaluations"
where (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.synthetic')
) = @1 and (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.stretch')
) is distinct from @2 and ((
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) is null or (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) = @3)
order by "made_at" desc, "id" desc
offset @4 rows fetch next @5 rows only;

-- judged
select "report", "judged_object"
from "evaluations"
where (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.synthetic')
) = @1 and (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.stretch')
) is distinct from @2 and ((
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) is null or (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) = @3)
order by "made_at" desc, "id" desc
offset @4 rows fetch next @5 rows only;

-- judgedWithinDay
select "judged_object", (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) as "horizon"
from "evaluations"
where (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.synthetic')
) = @1 and (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.stretch')
) is distinct from @2 and (
  select "field"
  from openjson("report") with ("field" nvarchar(max) '$.horizon')
) <> @3
order by "made_at" desc, "id" desc;

-- removeOrphans
select "judged_object"
from "evaluations";
