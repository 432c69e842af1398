-- Made by `node scripts/write-sql.ts`; a test compares the two.

-- save
begin;
merge into "in_day_predictions" with (holdlock)
using (values (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17)) as "source" ("symbol",
  "name", "session", "horizon", "known_at", "price", "previous_session", "previous_close", "centre", "lower",
  "upper", "coverage", "price_basis", "model_version", "interval_method", "made_at", "synthetic") on
  "in_day_predictions"."session" = "source"."session" collate Latin1_General_100_BIN2 and
  "in_day_predictions"."horizon" = "source"."horizon" collate Latin1_General_100_BIN2 and
  "in_day_predictions"."symbol" = "source"."symbol" collate Latin1_General_100_BIN2 and
  "in_day_predictions"."model_version" = "source"."model_version" collate Latin1_General_100_BIN2
when not matched then insert ("symbol", "name", "session", "horizon", "known_at", "price", "previous_session",
  "previous_close", "centre", "lower", "upper", "coverage", "price_basis", "model_version", "interval_method",
  "made_at", "synthetic")
values ("source"."symbol", "source"."name", "source"."session", "source"."horizon", "source"."known_at",
  "source"."price", "source"."previous_session", "source"."previous_close", "source"."centre", "source"."lower",
  "source"."upper", "source"."coverage", "source"."price_basis", "source"."model_version",
  "source"."interval_method", "source"."made_at", "source"."synthetic");
commit;

-- ofSession
select distinct "horizon"
from "in_day_predictions"
where "synthetic" = @1 and "session" = @2;

-- ofHorizon
select distinct "session", "horizon", "model_version", "made_at"
from "in_day_predictions"
where "synthetic" = @1 and "session" = @2 and "horizon" = @3
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *
from "in_day_predictions"
where "session" = @1 and "horizon" = @2 and "model_version" = @3
order by "symbol";

-- ofSymbol
select distinct "session", "horizon", "model_version", "made_at"
from "in_day_predictions"
where "synthetic" = @1 and "session" = @2
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select *
from "in_day_predictions"
where "session" = @1 and "symbol" = @2 and "synthetic" = @3;

-- byModel
select *
from "in_day_predictions"
where "session" = @1 and "horizon" = @2 and "model_version" = @3
order by "symbol";

-- newestSessions
select distinct "session", "horizon", "model_version", "made_at"
from "in_day_predictions"
where "synthetic" = @1 and "session" in (
  select distinct "session"
  from "in_day_predictions"
  where "synthetic" = @2
  order by "session" desc
  offset @3 rows fetch next @4 rows only
)
order by "session";
select "at", "version", "previous", "action", "by"
from "activations"
order by "id";
select "symbol", "session", "horizon", "model_version", "previous_session", "previous_close", "lower", "upper",
  "price_basis", "made_at"
from "in_day_predictions"
where "synthetic" = @1 and "session" >= @2
order by "session", "symbol";

-- newestMadeAt
select max("made_at") as "made_at"
from "in_day_predictions"
where "session" = (
  select max("session") as "session"
  from "in_day_predictions"
);

-- remove
delete from "in_day_predictions"
where "synthetic" = @1;
