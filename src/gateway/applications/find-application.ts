import type { Application, ApplicationKind, Endpoint, Message } from "../../domain/records.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import type { Principal } from "../access/principal.ts";
import { notFound } from "../http/problem.ts";
import { parameter, type PathCall } from "../route.ts";

type Deps = Pick<Catalogue, "applications">;

/**
 * The customer that the path names by id or uid; undefined if the caller's organization has none
 * such. A token or key of an application reaches only its own: of others it is not even told that
 * they exist.
 */
export async function lookUpCustomer(
  { applications }: Deps,
  call: PathCall,
): Promise<Application | undefined> {
  const { organizationId, applicationId } = call.principal;
  const application = await applications.find(organizationId, parameter(call, "app_id"));
  const isHidden = applicationId !== null && applicationId !== application?.id;
  return isHidden ? undefined : application;
}

/** Throws a ProblemError (404) if there is none. */
export async function findCustomer(deps: Deps, call: PathCall): Promise<Application> {
  const application = await lookUpCustomer(deps, call);
  if (application === undefined) throw notFound();
  return application;
}

/** The customer that the path names; in test mode its sandbox. Throws a ProblemError (404) if there is none. */
export async function findApplication(deps: Deps, call: PathCall): Promise<Application> {
  const customer = await findCustomer(deps, call);
  return call.principal.mode === "test" ? deps.applications.sandboxOf(customer) : customer;
}

/** Of which kind an application is that a caller's calls are about. */
export function applicationKind({ mode }: Pick<Principal, "mode">): ApplicationKind {
  return mode === "test" ? "sandbox" : "customer";
}

/**
 * Whom a message goes to, as the store resolves it. Throws a ProblemError (404) where that can be
 * told already; an organization's live message costs no query.
 */
export async function findAddressee(deps: Deps, call: PathCall) {
  const { organizationId, applicationId, mode } = call.principal;
  const named = parameter(call, "app_id");
  const isToBeResolved = mode === "test" || (applicationId !== null && applicationId !== named);
  const application = isToBeResolved ? (await findApplication(deps, call)).id : named;
  return { organizationId, application, applicationKind: applicationKind(call.principal) };
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
