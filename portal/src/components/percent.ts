/** Of a part from 0 to 1: "44 %". A tenth of a percent is something, and not nothing. */
export function percentWords(rate: number): string {
  const percent = rate * 100;
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  return `${percent.toFixed(percent > 0 && percent < 10 ? 1 : 0)} %`;
}
