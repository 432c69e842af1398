-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- save
select "revision", "outcome_hash", "object"
from "reports"
where "session" = $1 and "synthetic" = $2
order by "revision" desc
limit $3;
insert into "reports" ("session", "synthetic", "revision", "made_at", "outcome_hash", "object", "published",
  "judged", "inside")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict ("session", "synthetic", "revision") do nothing;

-- list
select "session", "revision", "made_at", "synthetic", "published", "judged", "inside"
from "reports"
where "synthetic" = $1
order by "session" desc, "revision" desc
limit $2;

-- find
select "revision", "outcome_hash", "object"
from "reports"
where "session" = $1 and "synthetic" = $2
order by "revision" desc
limit $3;

-- find, of one revision
select "revision", "outcome_hash", "object"
from "reports"
where "session" = $1 and "synthetic" = $2 and "revision" = $3
order by "revision" desc
limit $4;

-- removeOrphans
select "object"
from "reports";

-- prune
select "session", "revision", "made_at", "synthetic", "published", "judged", "inside"
from "reports"
where "synthetic" = $1
order by "session" desc, "revision" desc
limit $2;
select count(*) as "count"
from "reports"
where "synthetic" = $1 and "session" < $2;
delete from "reports"
where "synthetic" = $1 and "session" < $2;
select "session", "revision", "made_at", "synthetic", "published", "judged", "inside"
from "reports"
where "synthetic" = $1
order by "session" desc, "revision" desc
limit $2;
