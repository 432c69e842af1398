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
using (
  select 1 as "one"
) as "source" on "evaluations"."id" = @1
when matched then update
set "made_at" = @2, "report" = @3, "judged_object" = @4
when not matched then insert ("id", "made_at", "report", "judged_object")
values (@5, @6, @7, @8);

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

-- removeOrphans
select "judged_object"
from "evaluations";
