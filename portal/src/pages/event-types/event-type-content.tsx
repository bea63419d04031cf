import { Group, Select, Stack, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { Columns } from "../../components/columns.tsx";
import { JsonView } from "../../components/code/json-view.tsx";
import { SchemaTree } from "../../components/schema/schema-tree.tsx";
import { versionsOf, type SchemaVersion } from "../../components/schema/versions.ts";
import classes from "./event-types.module.css";

const route = getRouteApi("/portal/event-types/$eventType");

/** What is in the payload: the schema's fields, and examples. */
export function EventTypeContent({ eventType }: { readonly eventType: EventTypeOut }) {
  const { version } = route.useSearch();
  const versions = versionsOf(eventType);
  const shown = versions.find((one) => one.version === version) ?? versions[0];
  if (shown === undefined) {
    return (
      <Text c="dimmed" size="sm">
        Nobody has described what is in its payload yet. Send an example from an endpoint’s Testing
        tab, or look at a message of this type in the logs.
      </Text>
    );
  }
  return (
    <Columns asideWidthPx={460}>
      <Stack gap="md" component="section" aria-label="Payload">
        <Group justify="space-between" mih={36}>
          <Title order={2}>Payload</Title>
          {versions.length > 1 && <VersionSelect versions={versions} shown={shown} />}
        </Group>
        <div className={classes["schema"]}>
          <SchemaTree
            key={shown.version}
            schema={shown.schema}
            what={`the payload of ${eventType.name}`}
          />
        </div>
      </Stack>
      <Examples key={shown.version} version={shown} />
    </Columns>
  );
}

type VersionSelectProps = {
  readonly versions: readonly SchemaVersion[];
  readonly shown: SchemaVersion;
};

function VersionSelect({ versions, shown }: VersionSelectProps) {
  const navigate = route.useNavigate();
  return (
    <Select
      aria-label="Version of the schema"
      size="xs"
      w={150}
      allowDeselect={false}
      value={shown.version}
      data={versions.map(({ version }, i) => ({
        value: version,
        label: `Version ${version}${i === 0 ? " (newest)" : ""}`,
      }))}
      onChange={(version) =>
        void navigate({ search: version === null ? {} : { version }, replace: true })
      }
    />
  );
}

function Examples({ version: { examples, schema } }: { readonly version: SchemaVersion }) {
  const [index, setIndex] = useState("0");
  const example = examples[Number(index)];
  return (
    <Stack gap="md" component="section" aria-label="Example">
      <Group justify="space-between" mih={36}>
        <Title order={2}>Example</Title>
        {examples.length > 1 && (
          <Select
            aria-label="Which example"
            size="xs"
            w={150}
            allowDeselect={false}
            value={index}
            data={examples.map((_, i) => ({ value: String(i), label: `Example ${i + 1}` }))}
            onChange={(chosen) => setIndex(chosen ?? "0")}
          />
        )}
      </Group>
      {example === undefined ? (
        <Text size="sm" c="dimmed">
          The schema has no example.
        </Text>
      ) : (
        <JsonView text={JSON.stringify(example)} what="the example" maxHeight={560} />
      )}
      <details>
        <summary className={classes["summary"]}>The JSON schema itself</summary>
        <JsonView text={JSON.stringify(schema)} what="the JSON schema" maxHeight={460} />
      </details>
    </Stack>
  );
}
