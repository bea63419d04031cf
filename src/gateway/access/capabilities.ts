/** What the token of an application may be allowed to do. */
export const CAPABILITIES = [
  "ViewBase",
  "ViewEndpointSecret",
  "ManageEndpointSecret",
  "ManageTransformations",
  "CreateAttempts",
  "ManageEndpoint",
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** Whoever may set an endpoint's secret may as well see it. */
const IMPLIED: Readonly<Record<Capability, readonly Capability[]>> = {
  ViewBase: [],
  ViewEndpointSecret: [],
  ManageEndpointSecret: ["ViewEndpointSecret"],
  ManageTransformations: [],
  CreateAttempts: [],
  ManageEndpoint: ["ViewEndpointSecret", "ManageEndpointSecret"],
};

/** With what they imply, and with ViewBase, which every token has; names that are none are left out. */
export function capabilitiesGiven(names: readonly string[]): readonly Capability[] {
  const given = CAPABILITIES.filter((one) => one === "ViewBase" || names.includes(one));
  const implied = given.flatMap((one) => IMPLIED[one]);
  return CAPABILITIES.filter((one) => given.includes(one) || implied.includes(one));
}
