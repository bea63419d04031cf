const APPS = /^(.*?)\/(?:portal|console|play)(?:\/|$)/;

/** What stands before /portal where a proxy has put us below a path; "" otherwise. */
export function basePathOf(pathname: string): string {
  return APPS.exec(pathname)?.[1] ?? "";
}
