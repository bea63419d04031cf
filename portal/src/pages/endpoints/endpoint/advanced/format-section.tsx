import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { requestFormatQuery } from "../../../../api/request-formats.ts";
import type { RequestFormatOut } from "../../../../api/schema.d.ts";
import { Loaded } from "../../../../components/loaded.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import classes from "./advanced.module.css";
import { RequestFormatForm } from "./format-form.tsx";
import { Section } from "./section.tsx";

/** How a request looks, besides its signature. */
export function FormatSection() {
  const portal = usePortal();
  const format = useQuery(requestFormatQuery(portal, useEndpoint().id));
  const [saves, setSaves] = useState(0);
  return (
    <Section
      title="Request format"
      description="For servers that expect something else. Each request has the standard signature in any case, which says the most."
    >
      <Loaded query={format} what="the format" lines={4}>
        {(found) =>
          portal.can("ManageEndpoint") ? (
            <RequestFormatForm
              // A new secret may look like the old one: both are masked.
              key={`${saves} ${JSON.stringify(found)}`}
              format={found}
              onSaved={() => setSaves((before) => before + 1)}
            />
          ) : (
            <FormatFacts format={found} />
          )
        }
      </Loaded>
    </Section>
  );
}

function FormatFacts({ format }: { readonly format: RequestFormatOut }) {
  const facts = [
    ["Body", format.body],
    ["Signature in hexadecimal", format.hexSignature?.header],
    ["Token in x-auth-token", format.authToken],
    ["Token in the body, at", format.bodyToken?.path],
    ["Checksum of the body", format.checksum ? "x-checksum-sha256" : undefined],
  ] as const;
  return (
    <ul className={classes["rows"]}>
      {facts
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([label, value]) => (
          <li key={label}>
            <span>{label}</span>
            <span className="mono">{value}</span>
          </li>
        ))}
    </ul>
  );
}
