import { createContext, use } from "react";
import type { EndpointOut } from "../../../api/schema.d.ts";

const EndpointContext = createContext<EndpointOut | undefined>(undefined);

export const EndpointProvider = EndpointContext.Provider;

/** The endpoint that the page is about. */
export function useEndpoint(): EndpointOut {
  const endpoint = use(EndpointContext);
  if (endpoint === undefined) throw new Error("A part of the endpoint's page stands outside of it");
  return endpoint;
}
