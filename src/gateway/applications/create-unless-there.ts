import type { Catalogue } from "../../store/catalogue.ts";
import { TEST_KEY_REFUSAL } from "../access/test-mode.ts";
import { invalidField, problem } from "../http/problem.ts";
import { parameter, type PathCall } from "../route.ts";
import { newApplication, type ApplicationIn } from "./application-record.ts";

/**
 * Creates the application that a path names by its uid, where there is none. Throws a ProblemError
 * (422) if what is to be created would not be what the path names, and (403) if the caller may not.
 */
export async function createUnlessThere(
  { applications }: Pick<Catalogue, "applications">,
  call: PathCall,
  body: ApplicationIn,
): Promise<void> {
  const { organizationId } = call.principal;
  const named = parameter(call, "app_id");
  if ((await applications.find(organizationId, named)) !== undefined) return;
  if (body.uid !== named) {
    const msg = `Input should be the uid that the path names: ${JSON.stringify(named)}`;
    throw invalidField(["body", "application", "uid"], msg);
  }
  const refusal = refusalOf(call);
  if (refusal !== undefined) throw problem(403, "insufficient_access", refusal);
  // If its uid was taken just now, it is there, which is what was asked for.
  await applications.create(newApplication(organizationId, body));
}

function refusalOf({ principal }: PathCall): string | undefined {
  if (principal.mode === "test") return TEST_KEY_REFUSAL;
  if (principal.applicationId !== null)
    return "Only a token or key of the organization may create it";
  if (principal.scopes.includes("manage")) return undefined;
  return "The key may not create the application: it lacks the scope manage";
}
