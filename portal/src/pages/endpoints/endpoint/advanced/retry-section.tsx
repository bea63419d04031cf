import { SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { retryScheduleQuery, setRetrySchedule } from "../../../../api/endpoint-settings.ts";
import type { UsualScheduleOut } from "../../../../api/schema.d.ts";
import { Loaded } from "../../../../components/loaded.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { useSave } from "../use-change.ts";
import classes from "./advanced.module.css";
import { SaveForm } from "./save-form.tsx";
import { Section } from "./section.tsx";
import { fromDuration, parseWaits, plannedAttempts, toDuration, waitsText } from "./waits.ts";

/** To begin with, when somebody wants waits of their own. */
const SUGGESTION = "5s, 5m, 30m, 2h, 5h, 10h, 10h";

export function RetrySection() {
  const portal = usePortal();
  const schedule = useQuery(retryScheduleQuery(portal, useEndpoint().id));
  return (
    <Section
      title="Retries"
      description="How long we wait after an attempt that failed, before we make the next one."
    >
      <Loaded query={schedule} what="the schedule">
        {({ retrySchedule, usual }) => {
          const waitsMs = retrySchedule?.map(fromDuration) ?? null;
          return portal.can("ManageEndpoint") ? (
            <RetryForm key={JSON.stringify(waitsMs)} waitsMs={waitsMs} usual={usual} />
          ) : (
            <Schedule waitsMs={waitsMs} usual={usual} />
          );
        }}
      </Loaded>
    </Section>
  );
}

type RetryFormProps = {
  /** null: the usual. */
  readonly waitsMs: readonly number[] | null;
  readonly usual: UsualScheduleOut;
};

function RetryForm({ waitsMs, usual }: RetryFormProps) {
  const portal = usePortal();
  const { id } = useEndpoint();
  const [isOwn, setOwn] = useState(waitsMs !== null);
  const before = waitsMs === null ? SUGGESTION : waitsText(waitsMs);
  const [text, setText] = useState(before);
  const wanted = parseWaits(text);
  const fault = isOwn && typeof wanted === "string" ? wanted : undefined;
  const saving = useSave(() => {
    const isUsual = !isOwn || typeof wanted === "string";
    return setRetrySchedule(portal, id, isUsual ? null : wanted.map(toDuration));
  }, "The retries were changed");
  return (
    <SaveForm
      saving={saving}
      isChanged={isOwn !== (waitsMs !== null) || (isOwn && text !== before)}
      isFaulty={fault !== undefined}
      onReset={() => {
        setOwn(waitsMs !== null);
        setText(before);
      }}
    >
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
      <Schedule waitsMs={isOwn ? wanted : null} usual={usual} />
    </SaveForm>
  );
}

type ScheduleProps = Pick<RetryFormProps, "usual"> & {
  /** A text says why there are none. */
  readonly waitsMs: readonly number[] | string | null;
};

function Schedule({ waitsMs, usual }: ScheduleProps) {
  if (typeof waitsMs === "string") return null;
  if (waitsMs !== null) return <Waits waitsMs={waitsMs} label="Attempts" />;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        As it is set for all endpoints
        {usual.byEventType.length > 0 && ", but for the event types below"}:
      </Text>
      <Waits waitsMs={usual.retrySchedule.map(fromDuration)} label="Attempts" />
      {usual.byEventType.map(({ eventType, retrySchedule }) => (
        <Stack key={eventType} gap={6}>
          <Text size="sm" className="mono">
            {eventType}
          </Text>
          <Waits waitsMs={retrySchedule.map(fromDuration)} label={`Attempts of ${eventType}`} />
        </Stack>
      ))}
    </Stack>
  );
}

type WaitsProps = { readonly waitsMs: readonly number[]; readonly label: string };

function Waits({ waitsMs, label }: WaitsProps) {
  return (
    <ol className={classes["waits"]} aria-label={label}>
      {plannedAttempts(waitsMs).map(({ number, wait, since }) => (
        <li key={number}>
          {number === 1 ? "First attempt" : `after ${wait}`}
          <small>{since === "" ? "at once" : `${since} after the first`}</small>
        </li>
      ))}
    </ol>
  );
}
