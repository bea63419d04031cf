/** Arithmetic with colours as #rrggbb, for the accent that a producer may choose. */
export type Shades = readonly [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

type Rgb = readonly [number, number, number];

const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;
/** Of text with its background: WCAG AA. */
const CONTRAST_MIN = 4.5;
const STEP = 0.06;

/** As #rrggbb; undefined for everything else, which must not get into a style. */
export function parseColor(text: string | null): string | undefined {
  const digits = HEX.exec(text?.trim() ?? "")?.[1]?.toLowerCase();
  if (digits === undefined) return undefined;
  return `#${digits.length === 3 ? digits.replaceAll(/./g, "$&$&") : digits}`;
}

/** From the lightest to the darkest; the colour itself is the seventh. */
export function shadesOf(color: string): Shades {
  const light = (part: number): string => mix(color, "#ffffff", part);
  const dark = (part: number): string => mix(color, "#000000", part);
  return [
    light(0.93),
    light(0.86),
    light(0.7),
    light(0.52),
    light(0.34),
    light(0.16),
    color,
    dark(0.14),
    dark(0.28),
    dark(0.42),
  ];
}

/** The colour, made darker or lighter until text of it can be read on the background. */
export function readableOn(background: string, color: string): string {
  const target = luminance(background) > 0.4 ? "#000000" : "#ffffff";
  let readable = color;
  for (let part = 0; contrast(readable, background) < CONTRAST_MIN && part < 1; part += STEP) {
    readable = mix(color, target, part);
  }
  return readable;
}

/** 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = rgbOf(color).map((value) => {
    const part = value / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function mix(color: string, other: string, part: number): string {
  const to = rgbOf(other);
  const mixed = rgbOf(color).map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * part));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function rgbOf(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
