import {
  createTheme,
  defaultVariantColorsResolver,
  virtualColor,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
  type VariantColorsResolver,
} from "@mantine/core";
import { contrast, readableOn, shadesOf } from "./colors.ts";
import { componentDefaults } from "./component-defaults.ts";

/** What a producer may set of our looks. */
export type Appearance = {
  /** #rrggbb; undefined: ours. */
  readonly primaryColorLight: string | undefined;
  readonly primaryColorDark: string | undefined;
  readonly fontFamily: string | undefined;
};

const ACCENT = "#4456d6";
const ACCENT_DARK = "#5566e6";
/** As `--ph-success-line`, for what the library colours by itself. */
const SUCCESS = "#2f9e68";
const PAGE = { light: "#ffffff", dark: "#14171c" };

const CONTRAST_OF_LABELS_MIN = 4.5;

const GRAY: MantineColorsTuple = [
  "#f8f9fb",
  "#f1f3f6",
  "#e6e9ee",
  "#d9dde4",
  "#c2c8d2",
  "#98a1b0",
  "#636d7d",
  "#4b5462",
  "#303742",
  "#181c23",
];
const DARK: MantineColorsTuple = [
  "#e6e8ec",
  "#bfc4cd",
  "#9aa2b0",
  "#7b8493",
  "#343a45",
  "#2a2f38",
  "#1c2027",
  "#14171c",
  "#0f1216",
  "#0b0d10",
];
const SANS = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";
const MONO = "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', Menlo, monospace";

export function themeOf(appearance: Appearance): MantineThemeOverride {
  const fontFamily =
    appearance.fontFamily === undefined ? SANS : `'${appearance.fontFamily}', ${SANS}`;
  return createTheme({
    colors: {
      gray: GRAY,
      dark: DARK,
      teal: [...shadesOf(SUCCESS)],
      accentLight: [...shadesOf(accentOf(appearance, "light"))],
      accentDark: [...shadesOf(accentOf(appearance, "dark"))],
      brand: virtualColor({ name: "brand", light: "accentLight", dark: "accentDark" }),
    },
    primaryColor: "brand",
    primaryShade: 6,
    black: "#181c23",
    variantColorResolver: resolveVariant,
    fontFamily,
    fontFamilyMonospace: MONO,
    fontSizes: { xs: "12px", sm: "13.5px", md: "15px", lg: "17px", xl: "20px" },
    lineHeights: { xs: "1.4", sm: "1.5", md: "1.55", lg: "1.55", xl: "1.5" },
    headings: {
      fontWeight: "620",
      sizes: {
        h1: { fontSize: "24px", lineHeight: "1.25" },
        h2: { fontSize: "17px", lineHeight: "1.35" },
        h3: { fontSize: "15px", lineHeight: "1.4" },
      },
    },
    defaultRadius: "md",
    radius: { xs: "3px", sm: "5px", md: "7px", lg: "11px", xl: "16px" },
    shadows: {
      xs: "0 1px 2px rgb(20 26 40 / 6%)",
      sm: "0 1px 3px rgb(20 26 40 / 8%)",
      md: "0 6px 20px rgb(20 26 40 / 10%)",
    },
    cursorType: "pointer",
    focusRing: "auto",
    // Else the library draws its transitions by scripts, which base.css does not reach.
    respectReducedMotion: true,
    components: componentDefaults,
  });
}

/** White is readable on it, which it is not on the library's red. */
const DANGER = { background: "#b3261e", hover: "#96201a", color: "#ffffff" };

/** Text on the accent is what can be read on it, which a producer's accent decides. */
const resolveVariant: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  if (input.variant !== "filled") return resolved;
  if (input.color === "red") return { ...resolved, ...DANGER };
  return (input.color ?? "brand") === "brand"
    ? { ...resolved, color: "var(--ph-on-accent)" }
    : resolved;
};

function onAccent(accent: string): string {
  return contrast("#ffffff", accent) >= CONTRAST_OF_LABELS_MIN ? "#ffffff" : "#000000";
}

function accentOf(appearance: Appearance, scheme: "light" | "dark"): string {
  const { primaryColorLight, primaryColorDark } = appearance;
  if (scheme === "light") return primaryColorLight ?? primaryColorDark ?? ACCENT;
  return primaryColorDark ?? primaryColorLight ?? ACCENT_DARK;
}

/** Colours of text that stay readable whichever accent was chosen, and those of states. */
export function variablesOf(appearance: Appearance): CSSVariablesResolver {
  const light = readableOn(PAGE.light, accentOf(appearance, "light"));
  const dark = readableOn(PAGE.dark, accentOf(appearance, "dark"));
  return () => ({
    variables: {},
    light: {
      "--mantine-color-anchor": light,
      "--mantine-color-body": PAGE.light,
      "--mantine-color-dimmed": GRAY[6],
      "--mantine-color-placeholder": GRAY[6],
      "--mantine-color-error": "#b3261e",
      "--ph-accent-text": light,
      "--ph-on-accent": onAccent(accentOf(appearance, "light")),
      "--ph-border": GRAY[2],
      "--ph-subtle": GRAY[0],
      "--ph-code": "#f6f7f9",
      "--ph-code-key": "#2c49a8",
      "--ph-code-string": "#0b6b45",
      "--ph-code-number": "#96450c",
      "--ph-code-word": "#8a2c8f",
      "--ph-success-text": "#0a6b3d",
      "--ph-success-fill": "#e6f5ec",
      "--ph-success-line": "#2f9e68",
      "--ph-fail-text": "#b3261e",
      "--ph-fail-fill": "#fdeceb",
      "--ph-fail-line": "#d9453c",
      "--ph-wait-text": "#85500a",
      "--ph-wait-fill": "#fdf2dc",
      "--ph-wait-line": "#c98a1b",
      "--ph-quiet-text": GRAY[7],
      "--ph-quiet-fill": GRAY[1],
      "--ph-quiet-line": GRAY[5],
    },
    dark: {
      "--mantine-color-anchor": dark,
      "--mantine-color-body": PAGE.dark,
      "--mantine-color-dimmed": DARK[2],
      "--mantine-color-placeholder": DARK[2],
      "--mantine-color-error": "#ff8a80",
      "--ph-accent-text": dark,
      "--ph-on-accent": onAccent(accentOf(appearance, "dark")),
      "--ph-border": "#2a2f38",
      "--ph-subtle": "#191d23",
      "--ph-code": "#191d23",
      "--ph-code-key": "#9db4ff",
      "--ph-code-string": "#7fd3a4",
      "--ph-code-number": "#f0b072",
      "--ph-code-word": "#dda0e6",
      "--ph-success-text": "#63d49c",
      "--ph-success-fill": "#142c22",
      "--ph-success-line": "#38a873",
      "--ph-fail-text": "#ff958c",
      "--ph-fail-fill": "#381c1c",
      "--ph-fail-line": "#e5605a",
      "--ph-wait-text": "#f0bd62",
      "--ph-wait-fill": "#33270f",
      "--ph-wait-line": "#c9922f",
      "--ph-quiet-text": DARK[1],
      "--ph-quiet-fill": "#252a32",
      "--ph-quiet-line": DARK[3],
    },
  });
}
