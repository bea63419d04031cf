import { Box, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { EventTypeOut } from "../../api/schema.d.ts";
import classes from "./event-type-tree.module.css";
import { namesOf, treeOf, type TreeNode } from "./tree.ts";

type EventTypeTreeProps = {
  readonly eventTypes: readonly Pick<EventTypeOut, "name" | "description">[];
  /** Names. None: all are received, and those to come as well. */
  readonly value: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
  readonly isReadOnly?: boolean;
};

/** The catalogue to choose from, grouped by the parts of the names, with a search. */
export function EventTypeTree({ eventTypes, value, onChange, isReadOnly }: EventTypeTreeProps) {
  const [search, setSearch] = useState("");
  const descriptions = useMemo(
    () => new Map(eventTypes.map(({ name, description }) => [name, description])),
    [eventTypes],
  );
  const tree = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const found = eventTypes.filter(({ name, description }) =>
      `${name} ${description}`.toLowerCase().includes(wanted),
    );
    // Chosen, though it is in the catalogue no more: to be seen, and to be taken away.
    const gone = value.filter(
      (name) => !descriptions.has(name) && name.toLowerCase().includes(wanted),
    );
    return treeOf([...found.map(({ name }) => name), ...gone]);
  }, [eventTypes, search, value, descriptions]);

  const chosen = useMemo(() => new Set(value), [value]);
  const toggle = (names: readonly string[], isOn: boolean): void => {
    const others = value.filter((name) => !names.includes(name));
    onChange(isOn ? [...others, ...names].sort() : others);
  };
  return (
    <Box className={classes["box"]}>
      <TextInput
        aria-label="Search event types"
        placeholder="Search event types"
        variant="unstyled"
        className={classes["search"]}
        leftSection={<IconSearch size={15} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          // It stands in forms, which are not to be sent by a search.
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      <div className={classes["list"]} role="group" aria-label="Event types">
        {tree.length === 0 && (
          <Text size="sm" c="dimmed" p="sm">
            {eventTypes.length === 0
              ? "There are no event types yet. Messages of any type will be received."
              : "No event type has that in its name or description."}
          </Text>
        )}
        {tree.map((node) => (
          <Node
            key={node.path}
            node={node}
            chosen={chosen}
            descriptions={descriptions}
            toggle={toggle}
            isReadOnly={isReadOnly === true}
          />
        ))}
      </div>
      <Group className={classes["foot"]}>
        <Text size="xs" c="dimmed" role="status">
          {value.length === 0 ? "Receiving all event types" : `${value.length} chosen`}
        </Text>
      </Group>
    </Box>
  );
}

type NodeProps = {
  readonly node: TreeNode;
  readonly chosen: ReadonlySet<string>;
  readonly descriptions: ReadonlyMap<string, string>;
  readonly toggle: (names: readonly string[], isOn: boolean) => void;
  readonly isReadOnly: boolean;
};

function Node(props: NodeProps) {
  const { node, chosen, descriptions, toggle, isReadOnly } = props;
  const names = namesOf(node);
  const count = names.filter((name) => chosen.has(name)).length;
  const description = descriptions.get(node.path);
  return (
    <div>
      <Checkbox
        className={classes["node"]}
        label={<span className="mono">{node.label}</span>}
        description={node.children.length === 0 ? description : undefined}
        checked={count === names.length}
        indeterminate={count > 0 && count < names.length}
        disabled={isReadOnly}
        onChange={(event) => toggle(names, event.currentTarget.checked)}
      />
      {node.children.length > 0 && (
        <Stack gap={0} className={classes["children"]} role="group" aria-label={node.path}>
          {node.isName && <Node {...props} node={{ ...node, children: [] }} />}
          {node.children.map((child) => (
            <Node key={child.path} {...props} node={child} />
          ))}
        </Stack>
      )}
    </div>
  );
}
