/** The Temporal CLI that is fetched or built where there is none; tools/temporal/go.mod agrees. */
export const temporalCliVersion = "1.9.1";
