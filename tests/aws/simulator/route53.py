"""Route 53: ids of hosted zones begin with a Z; moto's begin with anything."""

from moto.route53 import models

make_any_id = models.create_route53_zone_id

models.create_route53_zone_id = lambda *args, **given: f"Z{make_any_id(*args, **given)[1:]}"
