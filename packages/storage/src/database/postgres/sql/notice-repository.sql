-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- add
insert into "notices" ("kind", "subject", "channel", "notice", "made_at", "status", "attempts", "next_attempt_at",
  "sent_at", "error")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10), ($11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
on conflict ("kind", "subject", "channel") do nothing;

-- channelsOf
select "channel"
from "notices"
where "kind" = $1 and "subject" = $2;

-- claim
select "kind", "subject", "attempts"
from "notices"
where "channel" = $1 and "status" = $2 and "next_attempt_at" <= $3
order by "made_at", "kind", "subject"
limit $4;
update "notices"
set "attempts" = $1, "next_attempt_at" = $2
where "kind" = $3 and "subject" = $4 and "channel" = $5 and "status" = $6 and "attempts" = $7
returning *;

-- settle
update "notices"
set "status" = $1, "sent_at" = $2, "error" = $3
where "kind" = $4 and "subject" = $5 and "channel" = $6 and "attempts" = $7;

-- list
select *
from "notices"
order by "made_at" desc, "kind", "subject", "channel"
limit $1;

-- prune
select count(*) as "count"
from "notices"
where "made_at" < $1 and "status" <> $2;
delete from "notices"
where "made_at" < $1 and "status" <> $2;
