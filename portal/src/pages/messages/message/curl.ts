type Sent = {
  readonly url: string;
  readonly messageId: string;
  readonly payload: string;
};

/** A command that posts the same to a server, for somebody who looks into it. It has no signature. */
export function curlOf({ url, messageId, payload }: Sent): string {
  return [
    `curl -X POST ${quoted(url)}`,
    `-H 'content-type: application/json'`,
    `-H ${quoted(`webhook-id: ${messageId}`)}`,
    `--data-raw ${quoted(payload)}`,
  ].join(" \\\n  ");
}

/** For a POSIX shell, which takes everything between ' and ' as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
