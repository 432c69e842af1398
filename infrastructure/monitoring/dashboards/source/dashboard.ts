import {
  type Dashboard,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
} from '@grafana/grafana-foundation-sdk/dashboard';

type Panel = Parameters<DashboardBuilder['withPanel']>[0];

/** The content of a dashboard. */
export interface DashboardParts {
  /** Last part of its address, and its file name: `sla`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The time range at first sight, for example `now-6h`. */
  readonly from: string;
  readonly panels: readonly Panel[];
}

/** One of the four dashboards, with links to the other ones, in Japan time. */
export function dashboard({ name, title, description, from, panels }: DashboardParts): Dashboard {
  const builder = new DashboardBuilder(`day-trade: ${title}`)
    .uid(`day-trade-${name}`)
    .description(description)
    .tags(['day-trade'])
    .timezone('Asia/Tokyo')
    .readonly()
    .refresh('30s')
    .time({ from, to: 'now' })
    .link(
      new DashboardLinkBuilder('day-trade')
        .type(DashboardLinkType.Dashboards)
        .tags(['day-trade'])
        .includeVars(false)
        .keepTime(true),
    );
  for (const panel of panels) builder.withPanel(panel);
  return builder.build();
}
