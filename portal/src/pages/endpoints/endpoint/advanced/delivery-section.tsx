import { NumberInput, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { patchEndpoint } from "../../../../api/endpoint-settings.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { useSave } from "../use-change.ts";
import { SaveForm } from "./save-form.tsx";
import { Section } from "./section.tsx";

/** How fast messages come, and in which order. */
export function DeliverySection() {
  const endpoint = useEndpoint();
  const { can } = usePortal();
  const key = `${endpoint.throttleRate} ${endpoint.ordered}`;
  return (
    <Section title="Delivery" description="How fast messages come, and in which order.">
      {can("ManageEndpoint") ? <DeliveryForm key={key} /> : <DeliveryFacts />}
    </Section>
  );
}

function DeliveryFacts() {
  const { throttleRate, ordered } = useEndpoint();
  return (
    <Text size="sm">
      {throttleRate === null
        ? "As fast as they come"
        : `At most ${throttleRate} messages per second`}
      , {ordered ? "one at a time, in order." : "several at a time."}
    </Text>
  );
}

function DeliveryForm() {
  const portal = usePortal();
  const endpoint = useEndpoint();
  const [throttle, setThrottle] = useState<number | string>(endpoint.throttleRate ?? "");
  const [isOrdered, setOrdered] = useState(endpoint.ordered);
  const throttleRate = typeof throttle === "number" ? throttle : null;
  const saving = useSave(
    () => patchEndpoint(portal, endpoint.id, { throttleRate, ordered: isOrdered }),
    "How messages are delivered was changed",
  );
  return (
    <SaveForm
      saving={saving}
      isChanged={throttleRate !== endpoint.throttleRate || isOrdered !== endpoint.ordered}
      onReset={() => {
        setThrottle(endpoint.throttleRate ?? "");
        setOrdered(endpoint.ordered);
      }}
    >
      <NumberInput
        maw={400}
        label="Throttle"
        description="At most so many messages per second; the others wait"
        placeholder="No throttle"
        min={1}
        allowDecimal={false}
        suffix=" per second"
        value={throttle}
        onChange={setThrottle}
      />
      <Switch
        label="One message at a time, in order"
        description="The next one is sent when the one before has arrived or is given up, so one that fails holds up those behind it"
        checked={isOrdered}
        onChange={(event) => setOrdered(event.currentTarget.checked)}
      />
    </SaveForm>
  );
}
