-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- save
begin;
insert into "predictions" ("symbol", "name", "session", "last_session", "last_close", "centre", "lower", "upper",
  "coverage", "probability_up", "price_basis", "model_version", "interval_method", "made_at", "synthetic")
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
on conflict ("session", "symbol", "model_version") do nothing;
commit;

-- latest
select "predictions"."session", "predictions"."symbol", "predictions"."model_version", "predictions"."name",
  "predictions"."last_session", "predictions"."last_close", "predictions"."centre", "predictions"."lower",
  "predictions"."upper", "predictions"."coverage", "predictions"."probability_up", "predictions"."interval_method",
  "predictions"."made_at", "predictions"."synthetic", coalesce("predictions"."price_basis", "symbols"."price_basis")
  as "price_basis"
from "predictions"
left join "symbols" on "symbols"."symbol" = "predictions"."symbol"
where "predictions"."synthetic" = $1 and "session" = (
  select max("session") as "session"
  from "predictions"
  where "synthetic" = $2
) and "model_version" = (
  select "model_version"
  from "predictions"
  where "synthetic" = $3 and "session" = (
    select max("session") as "session"
    from "predictions"
    where "synthetic" = $4
  )
  group by "model_version"
  order by case when "model_version" = (
    select "version"
    from "activations"
    order by "id" desc
    limit $5
  ) then 1 else 0 end desc, max("made_at") desc, "model_version" desc
  limit $6
)
order by "predictions"."symbol";

-- forSession
select "predictions"."session", "predictions"."symbol", "predictions"."model_version", "predictions"."name",
  "predictions"."last_session", "predictions"."last_close", "predictions"."centre", "predictions"."lower",
  "predictions"."upper", "predictions"."coverage", "predictions"."probability_up", "predictions"."interval_method",
  "predictions"."made_at", "predictions"."synthetic", coalesce("predictions"."price_basis", "symbols"."price_basis")
  as "price_basis"
from "predictions"
left join "symbols" on "symbols"."symbol" = "predictions"."symbol"
where "predictions"."synthetic" = $1 and "session" = $2 and "model_version" = (
  select "model_version"
  from "predictions"
  where "synthetic" = $3 and "session" = $4
  group by "model_version"
  order by case when "model_version" = (
    select "version"
    from "activations"
    order by "id" desc
    limit $5
  ) then 1 else 0 end desc, max("made_at") desc, "model_version" desc
  limit $6
)
order by "predictions"."symbol";

-- history
with "ranked" as (
  select "predictions"."session", "predictions"."symbol", "predictions"."model_version", "predictions"."name",
    "predictions"."last_session", "predictions"."last_close", "predictions"."centre", "predictions"."lower",
    "predictions"."upper", "predictions"."coverage", "predictions"."probability_up",
    "predictions"."interval_method", "predictions"."made_at", "predictions"."synthetic",
    coalesce("predictions"."price_basis", "symbols"."price_basis") as "price_basis", row_number() over(partition by
    "session" order by "made_at" desc, "model_version" desc) as "rank"
  from "predictions"
  left join "symbols" on "symbols"."symbol" = "predictions"."symbol"
  where "predictions"."symbol" = $1
)
select *
from "ranked"
where "rank" = $2
order by "session" desc
limit $3;

-- newestSessions
with "newest" as (
  select distinct "session"
  from "predictions"
  where "synthetic" = $1
  order by "session" desc
  limit $2
), "ranked" as (
  select "symbol", "session", "lower", "upper", row_number() over(partition by "session", "symbol" order by
    "made_at" desc, "model_version" desc) as "rank"
  from "predictions"
  where "synthetic" = $3 and "session" in (
    select "newest"."session"
    from "newest"
  )
)
select "symbol", "session", "lower", "upper"
from "ranked"
where "rank" = $4
order by "session", "symbol";

-- remove
delete from "predictions"
where "synthetic" = $1;
