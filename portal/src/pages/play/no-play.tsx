import { IconTestPipe, IconTrashX } from "@tabler/icons-react";
import { EmptyState } from "../../components/empty-state.tsx";
import { useTitle } from "../../shell/use-title.ts";

/** At /play itself. */
export function WithoutPlay() {
  useTitle("Play");
  return (
    <EmptyState icon={IconTestPipe} title="Testing URLs" order={1}>
      A testing URL shows every request that is sent to it, and answers as you like. You get one
      from the portal of your webhooks: choose “Add endpoint”, then “Get a testing URL from Play”.
    </EmptyState>
  );
}

export function PlayGone() {
  useTitle("Not found");
  return (
    <EmptyState icon={IconTrashX} title="This testing URL is not there any more" order={1}>
      Testing URLs are deleted after a week, with all that was sent to them; or the address is
      mistyped. Get a new one in the portal, where endpoints are added.
    </EmptyState>
  );
}
