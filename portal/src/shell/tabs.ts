import {
  IconCategory,
  IconChartBar,
  IconMessages,
  IconWebhook,
  type Icon,
} from "@tabler/icons-react";

export type Tab = {
  readonly label: string;
  readonly to: string;
  readonly icon: Icon;
};

/** The portal's main pages, in the order of the header. */
export const TABS: readonly Tab[] = [
  { label: "Endpoints", to: "/portal/endpoints", icon: IconWebhook },
  { label: "Catalogue", to: "/portal/event-types", icon: IconCategory },
  { label: "Logs", to: "/portal/messages", icon: IconMessages },
  { label: "Activity", to: "/portal/activity", icon: IconChartBar },
];
