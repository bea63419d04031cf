const COUNT = new Intl.NumberFormat("en");
const BYTES_PER_KIB = 1_024;

/** "1,204". */
export function countWords(count: number): string {
  return COUNT.format(count);
}

/** "1 attempt", "1,204 attempts". */
export function manyWords(count: number, one: string): string {
  return `${countWords(count)} ${one}${count === 1 ? "" : "s"}`;
}

/** Of a part from 0 to 1: "44 %", which does not break before its sign. A tenth of a percent is something, and not nothing. */
export function percentWords(rate: number): string {
  const percent = rate * 100;
  if (percent > 0 && percent < 0.1) return "<\u00a00.1\u00a0%";
  return `${percent.toFixed(percent > 0 && percent < 10 ? 1 : 0)}\u00a0%`;
}

/** "1 byte", "312 bytes", "1.4 KiB". */
export function bytesWords(bytes: number): string {
  if (bytes < BYTES_PER_KIB) return manyWords(bytes, "byte");
  return `${(bytes / BYTES_PER_KIB).toFixed(1)} KiB`;
}
