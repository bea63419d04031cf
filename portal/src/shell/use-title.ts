import { useEffect } from "react";

/** In the tab of the browser, and what screen readers say first of a page. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Webhooks`;
  }, [title]);
}
