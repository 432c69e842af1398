-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- upsertMany
select *
from "announcements"
where "symbol" in ($1)
order by "symbol", "date", "kind";
begin;
insert into "announcements" ("symbol", "date", "kind", "time", "source", "known_since", "known_until")
values ($1, $2, $3, $4, $5, $6, $7)
on conflict ("symbol", "date", "kind") do update
set "time" = "excluded"."time", "source" = "excluded"."source", "known_since" = "excluded"."known_since",
  "known_until" = "excluded"."known_until";
commit;

-- between
select *
from "announcements"
where "date" >= $1 and "date" <= $2
order by "symbol", "date", "kind";

-- symbols
select distinct "symbol"
from "announcements";

-- remove
delete from "announcements"
where "symbol" in ($1);

-- calendar
select *
from "announcements"
where "symbol" in ($1)
order by "symbol", "date", "kind";
