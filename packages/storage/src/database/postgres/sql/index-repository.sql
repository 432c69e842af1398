-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- merge, of a new and a changed value
begin;
select pg_advisory_xact_lock($1::bigint);
select "date", "value"
from "index_values"
where "name" = $1 and "synthetic" = $2
order by "date";
insert into "index_values" ("name", "synthetic", "date", "value", "source", "fetched_at")
values ($1, $2, $3, $4, $5, $6)
on conflict ("name", "synthetic", "date") do nothing;
insert into "index_values" ("name", "synthetic", "date", "value", "source", "fetched_at")
values ($1, $2, $3, $4, $5, $6)
on conflict ("name", "synthetic", "date") do update
set "value" = $7, "source" = $8, "fetched_at" = $9;
commit;

-- compare
select "date", "value"
from "index_values"
where "name" = $1 and "synthetic" = $2
order by "date";

-- values
select "date", "value"
from "index_values"
where "name" = $1 and "synthetic" = $2
order by "date";

-- extents
select "name", "synthetic", count(*) as "values", min("date") as "first_date", max("date") as "last_date"
from "index_values"
group by "name", "synthetic"
order by "name", "synthetic";
select "source", "fetched_at"
from "index_values"
where "name" = $1 and "synthetic" = $2 and "date" = $3;

-- removeSynthetic
delete from "index_values"
where "synthetic" = $1;
