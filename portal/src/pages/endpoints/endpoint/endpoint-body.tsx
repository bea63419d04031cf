import { Outlet, Link } from "@tanstack/react-router";
import classes from "./endpoint.module.css";
import { EndpointFacts } from "./facts/endpoint-facts.tsx";
import { endpointPath } from "../endpoint-path.ts";
import { useEndpoint } from "./endpoint-context.ts";
import { HealthNotice } from "./health-notice.tsx";
import { RunningReplays } from "./replay/running-replays.tsx";

/** What is below the header: the state it is in, its tabs, and what it is set to beside them. */
export function EndpointBody() {
  return (
    <>
      <HealthNotice />
      <RunningReplays />
      <div className={classes["columns"]}>
        <div className={classes["main"]}>
          <EndpointTabs />
          <Outlet />
        </div>
        <aside className={classes["facts"]} aria-label="Settings of the endpoint">
          <EndpointFacts />
        </aside>
      </div>
    </>
  );
}

function EndpointTabs() {
  const path = endpointPath(useEndpoint().id);
  const tabs = [
    { label: "Overview", to: path },
    { label: "Testing", to: `${path}/testing` },
    { label: "Advanced", to: `${path}/advanced` },
  ];
  return (
    <nav className={classes["tabs"]} aria-label="Endpoint">
      {tabs.map(({ label, to }) => (
        <Link
          key={to}
          to={to}
          className={classes["tab"]}
          activeOptions={{ exact: true, includeSearch: false }}
          resetScroll={false}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
