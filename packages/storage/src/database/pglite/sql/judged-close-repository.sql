-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- keep
begin;
insert into "judged_closes" ("session", "symbol", "last_session", "close", "last_close", "judged_at")
values ($1, $2, $3, $4, $5, $6)
on conflict ("session", "symbol", "last_session") do nothing;
commit;

-- since
select *
from "judged_closes"
where "session" >= $1 and "symbol" in ($2);

-- remove
delete from "judged_closes"
where "symbol" in ($1);
