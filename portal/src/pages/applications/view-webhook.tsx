import { ActionIcon, Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { ApplicationOut } from "../../api/schema.d.ts";
import { usePortalOpening } from "./use-portal-opening.ts";

type ViewWebhookProps = {
  readonly application: Pick<ApplicationOut, "id" | "name">;
  /** What to open first, below /portal: "/endpoints/ep_…". */
  readonly at?: string;
  /** In tables that narrow screens have little room for: only its sign. */
  readonly isShortWhereNarrow?: true;
  /** Where the name does the same, the keyboard comes to it there, and once. */
  readonly isBesideName?: true;
};

/** Opens the application's portal, as its people see it, in a tab of its own. */
export function ViewWebhook({ application, at, ...looks }: ViewWebhookProps) {
  const { isOpening, open } = usePortalOpening(application, at);
  const { isShortWhereNarrow, isBesideName } = looks;
  const props = {
    variant: "default",
    "aria-label": `View webhook of ${application.name}`,
    loading: isOpening,
    onClick: open,
    ...(isBesideName === true && { tabIndex: -1 }),
  };
  return (
    <>
      <Button
        size="xs"
        rightSection={<IconExternalLink size={14} />}
        {...props}
        {...(isShortWhereNarrow === true && { visibleFrom: "sm" })}
      >
        View webhook
      </Button>
      {isShortWhereNarrow === true && (
        <ActionIcon size={30} {...props} hiddenFrom="sm">
          <IconExternalLink size={14} />
        </ActionIcon>
      )}
    </>
  );
}
