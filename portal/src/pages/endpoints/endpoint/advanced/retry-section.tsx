import { SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { retryScheduleQuery, setRetrySchedule } from "../../../../api/endpoint-settings.ts";
import { Loaded } from "../../../../components/loaded.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { useChange } from "../use-change.ts";
import classes from "./advanced.module.css";
import { SaveRow } from "./save-row.tsx";
import { Section } from "./section.tsx";
import { fromDuration, parseWaits, plannedAttempts, toDuration, waitsText } from "./waits.ts";

/** To begin with, when somebody wants waits of their own. */
const SUGGESTION = "5s, 5m, 30m, 2h, 5h, 10h, 10h";
const USUAL = "Messages are tried again as it is set for all endpoints, or for their event type.";

export function RetrySection() {
  const portal = usePortal();
  const schedule = useQuery(retryScheduleQuery(portal, useEndpoint().id));
  return (
    <Section
      title="Retries"
      description="How long we wait after an attempt that failed, before we make the next one."
    >
      <Loaded query={schedule} what="the schedule">
        {({ retrySchedule }) => {
          const waitsMs = retrySchedule?.map(fromDuration) ?? null;
          return portal.can("ManageEndpoint") ? (
            <RetryForm key={JSON.stringify(waitsMs)} waitsMs={waitsMs} />
          ) : (
            <Schedule waitsMs={waitsMs} />
          );
        }}
      </Loaded>
    </Section>
  );
}

type ScheduleProps = { readonly waitsMs: readonly number[] | null };

function RetryForm({ waitsMs }: ScheduleProps) {
  const portal = usePortal();
  const { id } = useEndpoint();
  const [isOwn, setOwn] = useState(waitsMs !== null);
  const before = waitsMs === null ? SUGGESTION : waitsText(waitsMs);
  const [text, setText] = useState(before);
  const wanted = parseWaits(text);
  const fault = isOwn && typeof wanted === "string" ? wanted : undefined;
  const saving = useChange(
    () => {
      const isUsual = !isOwn || typeof wanted === "string";
      return setRetrySchedule(portal, id, isUsual ? null : wanted.map(toDuration));
    },
    () => notifications.show({ color: "teal", message: "The retries were changed" }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(undefined);
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          style={{ alignSelf: "flex-start" }}
          aria-label="Which schedule"
          value={isOwn ? "own" : "usual"}
          onChange={(value) => setOwn(value === "own")}
          data={[
            { value: "usual", label: "The usual" },
            { value: "own", label: "One of its own" },
          ]}
        />
        {isOwn && (
          <TextInput
            label="Waits"
            description="With commas between them: 30s, 5m, 2h, 1d. Empty: it is not tried again"
            spellCheck={false}
            value={text}
            error={fault}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Schedule waitsMs={isOwn && typeof wanted !== "string" ? wanted : null} />
        <SaveRow
          saving={saving}
          isChanged={isOwn !== (waitsMs !== null) || (isOwn && text !== before)}
          isFaulty={fault !== undefined}
          onReset={() => {
            setOwn(waitsMs !== null);
            setText(before);
          }}
        />
      </Stack>
    </form>
  );
}

function Schedule({ waitsMs }: ScheduleProps) {
  if (waitsMs === null) {
    return (
      <Text size="sm" c="dimmed">
        {USUAL}
      </Text>
    );
  }
  return (
    <ol className={classes["waits"]} aria-label="Attempts">
      {plannedAttempts(waitsMs).map(({ number, wait, since }) => (
        <li key={number}>
          {number === 1 ? "First attempt" : `after ${wait}`}
          <small>{since === "" ? "at once" : `${since} after the first`}</small>
        </li>
      ))}
    </ol>
  );
}
