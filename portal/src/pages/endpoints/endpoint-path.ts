/** Where the endpoint's own page is. */
export function endpointPath(endpointId: string): string {
  return `/portal/endpoints/${endpointId}`;
}
