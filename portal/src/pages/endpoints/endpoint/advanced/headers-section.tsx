import { ActionIcon, Group, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../../../api/api-error.ts";
import { headersQuery, patchHeaders } from "../../../../api/endpoint-settings.ts";
import type { EndpointHeadersOut } from "../../../../api/schema.d.ts";
import { HeaderList } from "../../../../components/http/header-list.tsx";
import { Loaded } from "../../../../components/loaded.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { HeaderFields } from "../../new/header-fields.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { useSave } from "../use-change.ts";
import classes from "./advanced.module.css";
import { headerChanges, rowsOf } from "./header-changes.ts";
import { SaveForm } from "./save-form.tsx";
import { Section } from "./section.tsx";

/** Headers of the endpoint's own, which each request carries. */
export function HeadersSection() {
  const portal = usePortal();
  const headers = useQuery(headersQuery(portal, useEndpoint().id));
  const [saves, setSaves] = useState(0);
  return (
    <Section
      title="Custom headers"
      description="Are sent with each request. Values of authorization and the like are written only: they are never shown again."
    >
      <Loaded query={headers} what="the headers">
        {(found) =>
          portal.can("ManageEndpoint") ? (
            <HeadersForm
              // Saving a value that is not shown changes nothing of what is.
              key={`${saves} ${JSON.stringify(found)}`}
              headers={found}
              onSaved={() => setSaves((before) => before + 1)}
            />
          ) : (
            <HeaderList
              of="the endpoint"
              headers={Object.entries(found.headers)}
              hidden={found.sensitive}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

type HeadersFormProps = { readonly headers: EndpointHeadersOut; readonly onSaved: () => void };

function HeadersForm({ headers, onSaved }: HeadersFormProps) {
  const portal = usePortal();
  const { id } = useEndpoint();
  const [rows, setRows] = useState(() => rowsOf(headers.headers));
  const [kept, setKept] = useState<readonly string[]>(headers.sensitive);
  const changes = headerChanges(headers, rows, kept);
  const saving = useSave(
    () => patchHeaders(portal, id, { headers: changes }),
    "The headers were changed",
    onSaved,
  );
  const fault = saving.error instanceof ApiError ? saving.error.message : undefined;
  return (
    <SaveForm
      saving={saving}
      error={fault === undefined ? saving.error : null}
      isChanged={Object.keys(changes).length > 0}
      onReset={() => {
        setRows(rowsOf(headers.headers));
        setKept(headers.sensitive);
      }}
    >
      {kept.length > 0 && (
        <HiddenHeaders
          names={kept}
          onRemove={(name) => setKept(kept.filter((one) => one !== name))}
        />
      )}
      <HeaderFields rows={rows} onChange={setRows} error={fault} />
    </SaveForm>
  );
}

type HiddenHeadersProps = {
  readonly names: readonly string[];
  readonly onRemove: (name: string) => void;
};

function HiddenHeaders({ names, onRemove }: HiddenHeadersProps) {
  return (
    <ul className={classes["rows"]} aria-label="Headers whose values are not shown">
      {names.map((name) => (
        <li key={name}>
          <Group gap="md">
            <span className="mono">{name}</span>
            <Text size="sm" c="dimmed" aria-label="not shown">
              ••••••••
            </Text>
          </Group>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${name}`}
            onClick={() => onRemove(name)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
