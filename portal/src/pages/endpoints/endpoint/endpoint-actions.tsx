import { Button, Menu } from "@mantine/core";
import {
  IconChevronDown,
  IconHistory,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import type { ReplayKind } from "../../../api/replays.ts";
import type { EndpointOut } from "../../../api/schema.d.ts";
import { usePortal } from "../../../session/portal-context.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { EditDialog } from "./edit-dialog.tsx";
import { ReplayDialog } from "./replay/replay-dialog.tsx";
import { REPLAY_KINDS } from "./replay/replay-kinds.ts";
import { SwitchDialog } from "./switch-dialog.tsx";

type Dialog = "edit" | "switch" | "delete" | ReplayKind;
type EndpointActionsProps = { readonly endpoint: EndpointOut };
type MenuProps = EndpointActionsProps & { readonly onChoose: (dialog: Dialog) => void };

/** What can be done with the endpoint; nothing, in a session that may do nothing. */
export function EndpointActions({ endpoint }: EndpointActionsProps) {
  const { can } = usePortal();
  const [dialog, setDialog] = useState<Dialog>();
  const close = (): void => setDialog(undefined);
  const kind = dialog !== undefined && dialog in REPLAY_KINDS ? (dialog as ReplayKind) : undefined;
  return (
    <>
      {can("ManageEndpoint") && <ManagingButtons endpoint={endpoint} onChoose={setDialog} />}
      {(can("ManageEndpoint") || can("CreateAttempts")) && (
        <OptionsMenu endpoint={endpoint} onChoose={setDialog} />
      )}
      <EditDialog endpoint={endpoint} opened={dialog === "edit"} onClose={close} />
      <SwitchDialog endpoint={endpoint} opened={dialog === "switch"} onClose={close} />
      <DeleteDialog endpoint={endpoint} opened={dialog === "delete"} onClose={close} />
      {kind !== undefined && <ReplayDialog endpointId={endpoint.id} kind={kind} onClose={close} />}
    </>
  );
}

function ManagingButtons({ endpoint, onChoose }: MenuProps) {
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPencil size={15} />}
        onClick={() => onChoose("edit")}
      >
        Edit
      </Button>
      <Button
        variant="default"
        leftSection={
          endpoint.disabled ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />
        }
        onClick={() => onChoose("switch")}
      >
        {endpoint.disabled ? "Enable" : "Disable"}
      </Button>
    </>
  );
}

const ICONS = {
  recover: IconRefresh,
  "replay-missing": IconHistory,
  "bulk-replay": IconPlayerPlay,
} as const;

function OptionsMenu({ endpoint, onChoose }: MenuProps) {
  const { can } = usePortal();
  return (
    <Menu width={260}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          Options
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {can("CreateAttempts") && (
          <>
            <Menu.Label>
              {endpoint.disabled ? "Enable the endpoint to send again" : "Send again"}
            </Menu.Label>
            {(Object.keys(ICONS) as ReplayKind[]).map((kind) => {
              const Picture = ICONS[kind];
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<Picture size={15} />}
                  disabled={endpoint.disabled}
                  onClick={() => onChoose(kind)}
                >
                  {REPLAY_KINDS[kind].title}…
                </Menu.Item>
              );
            })}
          </>
        )}
        {can("ManageEndpoint") && (
          <>
            <Menu.Divider />
            <Menu.Item
              c="var(--mantine-color-error)"
              leftSection={<IconTrash size={15} />}
              onClick={() => onChoose("delete")}
            >
              Delete the endpoint…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
