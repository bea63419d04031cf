import type { GatewayDeps } from "../deps.ts";
import { invalidField } from "../http/problem.ts";

type Deps = Pick<GatewayDeps, "organizations" | "endpointSettings">;

/**
 * Throws a ProblemError (422) if attempts would go there without encryption, and the installation
 * or the organization has none of that. undefined: the URL stays as it is.
 */
export async function checkHttps(
  { organizations, endpointSettings }: Deps,
  organizationId: string,
  url: string | undefined,
): Promise<void> {
  if (url === undefined || url.startsWith("https://")) return;
  if (endpointSettings.httpsOnly) throw refusal("Posthorn delivers");
  const { httpsOnly } = await organizations.settings(organizationId);
  if (httpsOnly) throw refusal("the organization delivers");
}

function refusal(who: string): Error {
  const message = `Input should be a URL that begins with https://: ${who} to no other`;
  return invalidField(["body", "url"], message);
}
