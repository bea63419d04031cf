import { ActionIcon, Menu } from "@mantine/core";
import { IconDotsVertical, type Icon } from "@tabler/icons-react";

export type RowAction = {
  readonly label: string;
  readonly icon?: Icon;
  readonly onClick: () => void;
  readonly isDangerous?: boolean;
  /** Why it cannot be done now: shown, and the action is off. */
  readonly unavailable?: string;
};

type RowMenuProps = {
  /** Of what: "message msg_…". */
  readonly of: string;
  readonly actions: readonly RowAction[];
};

/** What can be done with one row. Nothing where there is nothing. */
export function RowMenu({ of, actions }: RowMenuProps) {
  if (actions.length === 0) return null;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${of}`}>
          <IconDotsVertical size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item
            key={action.label}
            onClick={action.onClick}
            disabled={action.unavailable !== undefined}
            {...(action.isDangerous === true && { c: "var(--mantine-color-error)" })}
            {...(action.icon !== undefined && { leftSection: <action.icon size={15} /> })}
          >
            {action.label}
            {action.unavailable !== undefined && ` (${action.unavailable})`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
