import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { egressIpsQuery } from "../../../../api/endpoint-settings.ts";
import { CopyButton } from "../../../../components/copy-button.tsx";
import { Loaded } from "../../../../components/loaded.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import classes from "./advanced.module.css";
import { Section } from "./section.tsx";

/** Where requests come from, for firewalls. */
export function EgressSection() {
  const addresses = useQuery(egressIpsQuery(usePortal()));
  return (
    <Section
      title="Addresses to allow"
      description="Where requests come from. If your server stands behind a firewall, let these through."
    >
      <Loaded query={addresses} what="the addresses">
        {({ egressIps }) => <Addresses addresses={egressIps} />}
      </Loaded>
    </Section>
  );
}

function Addresses({ addresses }: { readonly addresses: readonly string[] }) {
  if (addresses.length === 0) {
    return (
      <Text size="sm">
        None are named, so they may change. Verify the signature instead: it says more than an
        address does.
      </Text>
    );
  }
  return (
    <ul className={classes["rows"]} aria-label="Addresses">
      {addresses.map((address) => (
        <li key={address}>
          <span className="mono">{address}</span>
          <CopyButton value={address} what={address} />
        </li>
      ))}
    </ul>
  );
}
