import type { Catalogue } from "../../store/catalogue.ts";
import { invalidField } from "../http/problem.ts";
import { newApplication, type ApplicationIn } from "./application-record.ts";

/**
 * Creates the application that a path names by its uid, where there is none. Throws a ProblemError
 * (422) if what is to be created would not be what the path names.
 */
export async function createUnlessThere(
  { applications }: Pick<Catalogue, "applications">,
  organizationId: string,
  named: string,
  body: ApplicationIn,
): Promise<void> {
  if ((await applications.find(organizationId, named)) !== undefined) return;
  if (body.uid !== named) {
    const msg = `Input should be the uid that the path names: ${JSON.stringify(named)}`;
    throw invalidField(["body", "application", "uid"], msg);
  }
  // If its uid was taken just now, it is there, which is what was asked for.
  await applications.create(newApplication(organizationId, body));
}
