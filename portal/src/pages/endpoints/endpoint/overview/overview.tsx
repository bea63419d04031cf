import { getRouteApi } from "@tanstack/react-router";
import { AttemptDrawer } from "./attempt-drawer.tsx";
import { AttemptTable } from "./attempt-table.tsx";
import { DeliveryStats } from "./delivery-stats.tsx";
import { STATS_DAYS, type OverviewSearch, type StatsDays } from "./overview-search.ts";

const route = getRouteApi("/portal/endpoints/$endpointId/");
const DAYS_DEFAULT = STATS_DAYS[2];

/** What came of the attempts at the endpoint, lately and one by one. */
export function Overview() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { days, attempt, message, ...filters } = search;
  const show = (next: OverviewSearch): void =>
    void navigate({ search: next, replace: true, resetScroll: false });
  const showDays = (chosen: StatsDays): void => {
    const { days: _, ...others } = search;
    show(chosen === DAYS_DEFAULT ? others : { ...others, days: chosen });
  };
  const around = { ...filters, ...(days !== undefined && { days }) };
  return (
    <>
      <DeliveryStats days={days ?? DAYS_DEFAULT} onChange={showDays} />
      <AttemptTable
        filters={filters}
        onChange={(chosen) => show({ ...chosen, ...(days !== undefined && { days }) })}
        searchOf={({ id, msgId }) => ({ ...around, attempt: id, message: msgId })}
      />
      <AttemptDrawer attemptId={attempt} messageId={message} onClose={() => show(around)} />
    </>
  );
}
