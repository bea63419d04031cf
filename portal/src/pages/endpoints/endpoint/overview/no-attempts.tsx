import { Button } from "@mantine/core";
import { IconFilterOff, IconSend } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../../../../components/empty-state.tsx";
import type { Filters } from "../../../../components/filters/filters.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { endpointPath } from "../../endpoint-path.ts";
import { useEndpoint } from "../endpoint-context.ts";

type NoAttemptsProps = { readonly filters: Filters; readonly onClear: () => void };

/** Because none fits, or because there was none yet. */
export function NoAttempts({ filters, onClear }: NoAttemptsProps) {
  const { can } = usePortal();
  const { id } = useEndpoint();
  if (Object.keys(filters).length > 0) {
    return (
      <EmptyState
        order={3}
        icon={IconFilterOff}
        title="No attempt fits"
        action={
          <Button size="xs" variant="default" onClick={onClear}>
            Show all attempts
          </Button>
        }
      >
        Take away some of the filters, or choose a longer time.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      order={3}
      icon={IconSend}
      title="Nothing was sent here yet"
      {...(can("CreateAttempts") && {
        action: (
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link to={`${endpointPath(id)}/testing`} {...props} />}
          >
            Send an example
          </Button>
        ),
      })}
    >
      Each message that is sent to this endpoint appears here at once, with your server’s answer.
    </EmptyState>
  );
}
