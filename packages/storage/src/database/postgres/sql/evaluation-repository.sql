-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- prune
select "report", "judged_object"
from "evaluations"
where "report" ->> 'synthetic' = $1 and "report" ->> 'stretch' is distinct from $2 and ("report" ->> 'horizon' is
  null or "report" ->> 'horizon' = $3)
order by "made_at" desc, "id" desc
limit $4;
select "report", "judged_object"
from "evaluations"
where "report" ->> 'synthetic' = $1 and "report" ->> 'stretch' is distinct from $2 and ("report" ->> 'horizon' is
  null or "report" ->> 'horizon' = $3)
order by "made_at" desc, "id" desc
limit $4;
select "id"
from "evaluations"
where "made_at" < $1;
delete from "evaluations"
where "id" in ($1);

-- save
insert into "evaluations" ("id", "made_at", "report", "judged_object")
values ($1, $2, $3, $4)
on conflict ("id") do update
set "made_at" = $5, "report" = $6, "judged_object" = $7;

-- latest
select "report", "judged_object"
from "evaluations"
where "report" ->> 'synthetic' = $1 and "report" ->> 'stretch' is distinct from $2 and ("report" ->> 'horizon' is
  null or "report" ->> 'horizon' = $3)
order by "made_at" desc, "id" desc
limit $4;

-- find
select "report"
from "evaluations"
where "id" = $1;

-- judgedArchive
select "report", "judged_object"
from "evaluations"
where "report" ->> 'synthetic' = $1 and "report" ->> 'stretch' is distinct from $2 and ("report" ->> 'horizon' is
  null or "report" ->> 'horizon' = $3)
order by "made_at" desc, "id" desc
limit $4;

-- judged
select "report", "judged_object"
from "evaluations"
where "report" ->> 'synthetic' = $1 and "report" ->> 'stretch' is distinct from $2 and ("report" ->> 'horizon' is
  null or "report" ->> 'horizon' = $3)
order by "made_at" desc, "id" desc
limit $4;

-- judgedWithinDay
select "judged_object", "report" ->> 'horizon' as "horizon"
from "evaluations"
where "report" ->> 'synthetic' = $1 and "report" ->> 'stretch' is distinct from $2 and "report" ->> 'horizon' <> $3
order by "made_at" desc, "id" desc;

-- removeOrphans
select "judged_object"
from "evaluations";
