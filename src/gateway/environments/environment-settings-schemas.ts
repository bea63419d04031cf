import { z } from "zod";
import { contentFault } from "../event-types/json-schema-shape.ts";
import { TEXT } from "../input/fields.ts";

const SETTINGS_BYTES_MAX = 65_536;
export const SETTINGS_TEXT = `Input should have at most ${SETTINGS_BYTES_MAX} bytes as JSON`;
const FONT_SIZE_MAX = 65_535;

const ADVANCED_ENDPOINT_TYPE = z
  .enum([
    "poller",
    "http",
    "amazonS3",
    "azureBlobStorage",
    "googleCloudStorage",
    "googleCloudPubSub",
    "sqs",
    "sns",
    "bigQuery",
    "clickhouse",
    "eventBridge",
    "snowflake",
    "rabbitMq",
    "redshift",
    "otelTracing",
  ])
  .meta({ id: "AdvancedEndpointType" });

const RADIUS = z.enum(["none", "lg", "md", "sm", "full"]).meta({ id: "BorderRadiusEnum" });

const THEME = z
  .object({
    borderRadius: z
      .object({ button: RADIUS.nullish(), card: RADIUS.nullish(), input: RADIUS.nullish() })
      .meta({ id: "BorderRadiusConfig" })
      .nullish(),
    fontSize: z
      .object({ base: z.int().min(0).max(FONT_SIZE_MAX).nullish() })
      .meta({ id: "FontSizeConfig" })
      .nullish(),
  })
  .meta({ id: "CustomThemeOverride" });

const STRINGS = z
  .object({
    channelsOne: TEXT.nullish(),
    channelsMany: TEXT.nullish(),
    channelsHelp: TEXT.nullish(),
  })
  .meta({ id: "CustomStringsOverride" });

const PALETTE = z
  .object({
    primary: TEXT.nullish(),
    backgroundPrimary: TEXT.nullish(),
    backgroundSecondary: TEXT.nullish(),
    backgroundHover: TEXT.nullish(),
    textPrimary: TEXT.nullish(),
    textSecondary: TEXT.nullish(),
    textDanger: TEXT.nullish(),
    interactiveAccent: TEXT.nullish(),
    navigationAccent: TEXT.nullish(),
    buttonPrimary: TEXT.nullish(),
    borderPrimary: TEXT.nullish(),
  })
  .meta({ id: "CustomColorPalette" });

const OPTIONAL = {
  customColor: TEXT.nullish(),
  logoUrl: TEXT.nullish(),
  customLogoUrl: TEXT.nullish().meta({ deprecated: true }),
  customFontFamily: TEXT.nullish(),
  customFontFamilyUrl: TEXT.nullish(),
  customThemeOverride: THEME.nullish(),
  customStringsOverride: STRINGS.nullish(),
  displayName: TEXT.nullish(),
  colorPaletteLight: PALETTE.nullish(),
  colorPaletteDark: PALETTE.nullish(),
};

const FLAGS = [
  "enableChannels",
  "enableMessageTags",
  "enableMessageStream",
  "enableIntegrationManagement",
  "enableTransformations",
  "enableEndpointOauthConfig",
  "enableEndpointMtlsConfig",
  "showUseSvixPlay",
  "showSvixBrandFooter",
  "wipeSuccessfulPayload",
  "showFeatureTooltips",
] as const;

/** Kept as it comes: other servers and versions know other settings, and other values of them. */
export const SETTINGS_IN = z
  .record(z.string(), z.unknown())
  .refine((settings) => contentFault(settings, []) === undefined, {
    error: "Input should have no character U+0000, no unpaired surrogates, and little depth",
    // What is too deep cannot be written as JSON either.
    abort: true,
  })
  .refine(fitsSettings, { error: SETTINGS_TEXT });

export const SETTINGS_OUT = z
  .object({
    ...OPTIONAL,
    ...flags(z.boolean()),
    advancedEndpointTypes: z.array(ADVANCED_ENDPOINT_TYPE),
  })
  .meta({ id: "EnvironmentSettingsOut" });

const DEFAULTS = { ...flags(false), advancedEndpointTypes: [] };

export function fitsSettings(settings: Readonly<Record<string, unknown>>): boolean {
  return Buffer.byteLength(JSON.stringify(settings)) <= SETTINGS_BYTES_MAX;
}

/** What was imported and is as clients know it; and defaults. */
export function settingsOut(
  kept: Readonly<Record<string, unknown>> | null,
): z.output<typeof SETTINGS_OUT> {
  const known = Object.entries<z.ZodType>(SETTINGS_OUT.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(kept?.[name] ?? undefined);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data] as const] : [];
  });
  return SETTINGS_OUT.parse({ ...DEFAULTS, ...Object.fromEntries(known) });
}

function flags<Value>(value: Value): Record<(typeof FLAGS)[number], Value> {
  return Object.fromEntries(FLAGS.map((name) => [name, value])) as Record<
    (typeof FLAGS)[number],
    Value
  >;
}
