/**
 * A click that asks for a new tab (Ctrl, ⌘, the middle button) on a link to our own pages opens it with the session.
 * Left to the browser, the tab would begin without: it copies sessionStorage only to what a page opens itself.
 */
export function openTabsWithSession(baseUrl: string): void {
  const onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || !asksForTab(event)) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target !== "" || !isOurs(link, baseUrl))
      return;
    event.preventDefault();
    window.open(link.href);
  };
  addEventListener("click", onClick);
  addEventListener("auxclick", onClick);
}

function asksForTab({ button, ctrlKey, metaKey }: MouseEvent): boolean {
  return button === 1 || (button === 0 && (ctrlKey || metaKey));
}

function isOurs({ origin, pathname }: HTMLAnchorElement, baseUrl: string): boolean {
  const places = [`${baseUrl}/portal`, `${baseUrl}/console`];
  return (
    origin === location.origin &&
    places.some((place) => pathname === place || pathname.startsWith(`${place}/`))
  );
}
