-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- replaceForFile
begin;
select pg_advisory_xact_lock($1::bigint);
select distinct "file", "symbol"
from "quarantine"
where "file" in ($1);
insert into "quarantine" ("symbol", "date", "file", "line", "severity", "reason", "message", "row")
values ($1, $2, $3, $4, $5, $6, $7, $8);
commit;

-- replaceForFile, no row was kept out, and one was before
select distinct "file", "symbol"
from "quarantine"
where "file" in ($1);
begin;
select pg_advisory_xact_lock($1::bigint);
select distinct "file", "symbol"
from "quarantine"
where "file" in ($1);
delete from "quarantine"
where "file" = $1 and "symbol" = $2;
commit;

-- replaceMany
select distinct "file", "symbol"
from "quarantine"
where "file" in ($1);
begin;
select pg_advisory_xact_lock($1::bigint);
select distinct "file", "symbol"
from "quarantine"
where "file" in ($1);
delete from "quarantine"
where "file" = $1 and "symbol" = $2;
insert into "quarantine" ("symbol", "date", "file", "line", "severity", "reason", "message", "row")
values ($1, $2, $3, $4, $5, $6, $7, $8);
commit;

-- addForFile
begin;
select pg_advisory_xact_lock($1::bigint);
select "symbol", "date", "file", "line", "severity", "reason", "message", "row"
from "quarantine"
where "file" = $1 and "symbol" = $2;
insert into "quarantine" ("symbol", "date", "file", "line", "severity", "reason", "message", "row")
values ($1, $2, $3, $4, $5, $6, $7, $8);
commit;

-- list
select "reason", "severity", count(*) as "rows"
from "quarantine"
where "symbol" = $1 and "reason" = $2 and "severity" = $3
group by "reason", "severity"
order by "rows" desc, "reason";
select "symbol", "date", "file", "line", "severity", "reason", "message", "row"
from "quarantine"
where "symbol" = $1 and "reason" = $2 and "severity" = $3
order by "file", "line", "id"
limit $4
offset $5;

-- counts
select "reason", "severity", count(*) as "rows"
from "quarantine"
group by "reason", "severity"
order by "rows" desc, "reason";

-- remove
delete from "quarantine"
where "symbol" in ($1, $2);
