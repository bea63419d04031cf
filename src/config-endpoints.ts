import { ConfigError, explained, list, oneOf, type Text } from "./config-values.ts";
import { checkSignatureHeader } from "./domain/request-format.ts";
import { DEFAULT_ENDPOINT_SETTINGS, type EndpointSettings } from "./gateway/api-settings.ts";
import { parseEgressIps } from "./outbound/egress-ips.ts";

export type { EndpointSettings } from "./gateway/api-settings.ts";

/** What holds for the endpoints of all organizations. Throws a ConfigError. */
export function endpointSettings(text: Text): EndpointSettings {
  const isHttpsOnly = oneOf(text("HTTPS_ONLY"), "HTTPS_ONLY", ["true", "false"], "false");
  return {
    hexSignatureHeader: signatureHeader(text("HEX_SIGNATURE_HEADER")),
    httpsOnly: isHttpsOnly === "true",
    egressIps: explained("EGRESS_IPS", () => parseEgressIps(list(text("EGRESS_IPS")))),
  };
}

function signatureHeader(name = DEFAULT_ENDPOINT_SETTINGS.hexSignatureHeader): string {
  const fault = checkSignatureHeader(name);
  if (fault === undefined) return name.toLowerCase();
  throw new ConfigError(`HEX_SIGNATURE_HEADER: ${fault}, not "${name}"`);
}
