import { Alert, Select, Stack, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useEventTypes } from "../../../../api/event-types.ts";
import type { EventTypeOut } from "../../../../api/schema.d.ts";
import { Loaded } from "../../../../components/loaded.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { ExampleForm } from "./example-form.tsx";
import { choicesOf, firstChoice } from "./examples.ts";
import { SentList } from "./sent-list.tsx";
import { useSend } from "./use-send.ts";

const route = getRouteApi("/portal/endpoints/$endpointId/testing");

/** Sends examples to the endpoint, and shows what becomes of them. */
export function Testing() {
  return (
    <Loaded query={useEventTypes()} what="the event types" lines={4}>
      {(eventTypes) => <Examples eventTypes={eventTypes} />}
    </Loaded>
  );
}

function Examples({ eventTypes }: { readonly eventTypes: readonly EventTypeOut[] }) {
  const { type } = route.useSearch();
  const navigate = route.useNavigate();
  const endpoint = useEndpoint();
  const { can } = usePortal();
  const sending = useSend(endpoint.id);
  const choices = choicesOf(eventTypes);
  const chosen =
    choices.find(({ name }) => name === type) ?? firstChoice(choices, endpoint.eventTypes);
  return (
    <Stack gap="xl">
      <section aria-labelledby="send-example">
        <Title order={2} size="h3" id="send-example" mb={4}>
          {can("CreateAttempts") ? "Send an example" : "Examples"}
        </Title>
        <Text size="sm" c="dimmed" mb="lg">
          {can("CreateAttempts")
            ? "A message like those to come, to this endpoint only. It is signed, logged and retried like any other."
            : "What messages of each event type look like."}
        </Text>
        {endpoint.disabled && (
          <Alert color="gray" mb="lg">
            The endpoint is disabled: enable it to send examples.
          </Alert>
        )}
        <Select
          label="Event type"
          searchable
          allowDeselect={false}
          maw={420}
          mb="lg"
          data={choices.map(({ name }) => name)}
          value={chosen.name}
          nothingFoundMessage="No event type has that name"
          onChange={(name) => {
            if (name === null) return;
            void navigate({ search: { type: name }, replace: true, resetScroll: false });
          }}
        />
        <ExampleForm
          key={chosen.name}
          choice={chosen}
          canSend={can("CreateAttempts") && !endpoint.disabled}
          canEdit={can("ManageEndpoint") && can("CreateAttempts")}
          sending={sending.mutation}
        />
      </section>
      <SentList sent={sending.sent} isSending={sending.mutation.isPending} />
    </Stack>
  );
}
