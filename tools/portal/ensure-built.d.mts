export function ensurePortalBuilt(): Promise<void>;
