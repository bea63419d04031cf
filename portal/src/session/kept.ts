/**
 * What outlives a reload of this tab, and nothing else. Where a browser forbids storage to frames of
 * other sites, it is forgotten at the reload, and the portal works as well.
 */
export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Forbidden, or full: see above.
  }
}

/** undefined where nothing is kept by the name. */
export function kept(name: string): unknown {
  try {
    const text = sessionStorage.getItem(name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function forget(name: string): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Then there is nothing to forget.
  }
}
