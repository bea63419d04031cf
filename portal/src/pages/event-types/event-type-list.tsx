import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { FramedList } from "../../components/framed-list.tsx";
import { Pill } from "../../components/status/status-badge.tsx";
import classes from "./event-types.module.css";

type EventTypeListProps = {
  readonly label: string;
  readonly eventTypes: readonly EventTypeOut[];
};

/** Each leads to its page. */
export function EventTypeList({ label, eventTypes }: EventTypeListProps) {
  return (
    <FramedList label={label}>
      {eventTypes.map(({ name, description, deprecated }) => (
        <li key={name}>
          <Link
            to="/portal/event-types/$eventType"
            params={{ eventType: name }}
            className={classes["item"]}
          >
            <span className={classes["name"]}>{name}</span>
            <span className={classes["description"]}>{description}</span>
            <span>{deprecated && <Pill tone="wait">Deprecated</Pill>}</span>
            <IconChevronRight size={16} className={classes["arrow"]} aria-hidden />
          </Link>
        </li>
      ))}
    </FramedList>
  );
}
