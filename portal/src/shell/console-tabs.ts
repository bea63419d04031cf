import {
  IconBook2,
  IconHeartbeat,
  IconKey,
  IconProgress,
  IconSettings,
  IconUsers,
} from "@tabler/icons-react";
import type { Tab } from "./tabs.ts";

/** Live: what is of the organization as a whole, which test keys do not see. */
export type ConsoleTab = Tab & { readonly needs?: "live" | "manage" };

/** The operator's main pages, in the order of the header. */
export const CONSOLE_TABS: readonly ConsoleTab[] = [
  { label: "Applications", to: "/console/applications", icon: IconUsers },
  { label: "Health", to: "/console/health", icon: IconHeartbeat, needs: "live" },
  { label: "Event types", to: "/console/event-types", icon: IconBook2 },
  { label: "Tasks", to: "/console/tasks", icon: IconProgress, needs: "live" },
  { label: "API keys", to: "/console/api-keys", icon: IconKey, needs: "manage" },
  { label: "Settings", to: "/console/settings", icon: IconSettings, needs: "live" },
];
