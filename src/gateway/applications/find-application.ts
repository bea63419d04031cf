import type { Application, Endpoint, Message } from "../../domain/records.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import { notFound } from "../http/problem.ts";
import { parameter, type PathCall } from "../route.ts";

/**
 * The application that the path names by id or uid; undefined if the caller's organization has none
 * such. An application's token reaches only its own: of others it is not even told that they exist.
 */
export async function lookUpApplication(
  { applications }: Pick<Catalogue, "applications">,
  call: PathCall,
): Promise<Application | undefined> {
  const { organizationId, applicationId } = call.principal;
  const application = await applications.find(organizationId, parameter(call, "app_id"));
  const isHidden = applicationId !== null && applicationId !== application?.id;
  return isHidden ? undefined : application;
}

/** Throws a ProblemError (404) if there is none. */
export async function findApplication(
  deps: Pick<Catalogue, "applications">,
  call: PathCall,
): Promise<Application> {
  const application = await lookUpApplication(deps, call);
  if (application === undefined) throw notFound();
  return application;
}

/** The endpoint that the path names. Throws a ProblemError (404) if there is none. */
export async function findEndpoint(
  deps: Pick<Catalogue, "applications" | "endpoints">,
  call: PathCall,
): Promise<Endpoint> {
  const application = await findApplication(deps, call);
  const endpoint = await deps.endpoints.find(application.id, parameter(call, "endpoint_id"));
  if (endpoint === undefined) throw notFound();
  return endpoint;
}

/** The message that the path names by id or eventId. Throws as above. */
export async function findMessage(
  deps: Pick<Catalogue, "applications" | "messages">,
  call: PathCall,
  withPayload = false,
): Promise<Message> {
  const application = await findApplication(deps, call);
  const message = await deps.messages.find(application.id, parameter(call, "msg_id"), withPayload);
  if (message === undefined) throw notFound();
  return message;
}
