/** Below "edit", because an event type may be called "new". */
export function eventTypePath(name: string): string {
  return `/console/event-types/edit/${encodeURIComponent(name)}`;
}
