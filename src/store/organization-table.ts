export type OrganizationSettingsTable = {
  readonly organization_id: string;
  /** JSON. What is not in it is as in the defaults, so that a new setting needs no migration. */
  readonly settings: string;
  /** Moves with each change, so that it serves as a revision. */
  readonly updated_at_ms: number;
};
