-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- newestBook
select "book"
from "paper_events"
where "sequence" = $1;

-- read
select "key", "session", "order", "kind", "body", "at", "by"
from "paper_events"
where "book" = $1
order by "sequence";

-- append
begin;
select pg_advisory_xact_lock($1::bigint);
select max("sequence") as "newest"
from "paper_events"
where "book" = $1;
insert into "paper_events" ("book", "sequence", "key", "session", "order", "kind", "at", "by", "body")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);
commit;
