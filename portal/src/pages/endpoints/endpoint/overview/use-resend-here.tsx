import { Anchor } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useResend } from "../../../../api/attempts.ts";
import { mayLeaveOutNew } from "../../../../components/filters/filters.ts";
import { ATTEMPTS } from "./overview-search.ts";

const route = getRouteApi("/portal/endpoints/$endpointId/");

/** `useResend` beside the list of attempts, whose filters may leave out the one that comes. */
export function useResendHere() {
  const { endpointId } = route.useParams();
  const { days, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const showAll = (): void =>
    void navigate({
      // Said in full: whoever clicks may have gone to another page meanwhile.
      to: "/portal/endpoints/$endpointId",
      params: { endpointId },
      search: days === undefined ? {} : { days },
      hash: ATTEMPTS,
    });
  return useResend(
    mayLeaveOutNew(filters)
      ? (close) => (
          <>
            The list is filtered, and may leave this attempt out.{" "}
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                close();
                showAll();
              }}
            >
              Show all attempts
            </Anchor>
          </>
        )
      : undefined,
  );
}
