import { Group } from "@mantine/core";
import { IconHash, IconTag } from "@tabler/icons-react";
import type { MessageOut } from "../../api/schema.d.ts";
import classes from "./labels.module.css";

/** A message's channels and tags; nothing where it has none. */
export function Labels({ message }: { readonly message: Pick<MessageOut, "channels" | "tags"> }) {
  const channels = message.channels ?? [];
  const tags = message.tags ?? [];
  if (channels.length + tags.length === 0) return null;
  return (
    <Group gap={5}>
      {channels.map((name) => (
        <span key={name} className={classes["label"]} title="Channel">
          <IconHash size={12} aria-label="Channel" role="img" />
          {name}
        </span>
      ))}
      {tags.map((name) => (
        <span key={name} className={classes["label"]} title="Tag">
          <IconTag size={12} aria-label="Tag" role="img" />
          {name}
        </span>
      ))}
    </Group>
  );
}
