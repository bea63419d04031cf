/** Where Temporal's web pages show a workflow; null where they are not known. */
export function createWorkflowUrl(
  uiUrl: string | undefined,
  namespace: string,
): (workflowId: string) => string | null {
  if (uiUrl === undefined) return () => null;
  const workflows = `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows`;
  return (workflowId) => `${workflows}/${encodeURIComponent(workflowId)}`;
}
