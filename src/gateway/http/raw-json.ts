import { randomUUID } from "node:crypto";

/** JSON text that goes into an answer as it is: payloads come out byte for byte as they came in. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

// Nobody can guess it, so nobody can put a placeholder of ours into a string of theirs.
const MARK = randomUUID();

/** JSON.stringify, except that a RawJson anywhere in `value` is written verbatim. */
export function stringifyWithRaw(value: unknown): string {
  const pieces: string[] = [];
  const text = JSON.stringify(value, (_key, member: unknown) => {
    if (!(member instanceof RawJson)) return member;
    pieces.push(member.text);
    return MARK;
  });
  if (pieces.length === 0) return text;
  return text
    .split(`"${MARK}"`)
    .map((part, i) => part + (pieces[i] ?? ""))
    .join("");
}
