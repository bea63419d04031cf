import type { Config } from "../config.ts";
import { isId, isOrganizationId } from "../domain/ids.ts";
import { readSecret } from "./data-dir.ts";
import { makeToken } from "./token.ts";
import { UserError } from "./user-error.ts";

export async function printToken(
  config: Config,
  organizationId: string | undefined,
  applicationId: string | undefined,
): Promise<void> {
  if (organizationId === undefined || !isOrganizationId(organizationId)) {
    throw new UserError("token needs --org org_…: org_ and 1 to 64 letters, digits, - or _");
  }
  if (applicationId !== undefined && !isId("app", applicationId)) {
    throw new UserError("--app needs an application's id, app_ and 27 letters and digits");
  }
  const jwtSecret = config.jwtSecret ?? readSecret(config.dataDir, "jwt-secret");
  if (jwtSecret === undefined) {
    throw new UserError(
      `There is no secret to sign with: set JWT_SECRET, or run \`npm start\` once, which makes one in ${config.dataDir}`,
    );
  }
  if (config.jwtSecret === undefined) {
    console.error(`Signed with the secret in ${config.dataDir}, since JWT_SECRET is not set.`);
  }
  const subject = { organizationId, ...(applicationId !== undefined && { applicationId }) };
  console.log(await makeToken(jwtSecret, subject));
}
