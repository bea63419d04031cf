import type { RequestFormatOut, RequestFormatPatch } from "../../../../api/schema.d.ts";

/** As the form's fields want it. Secrets are "" until somebody writes new ones. */
export type FormatValues = {
  readonly body: RequestFormatOut["body"];
  readonly checksum: boolean;
  readonly hasHexSignature: boolean;
  readonly hexHeader: string;
  readonly hexSecret: string;
  readonly hasAuthToken: boolean;
  readonly authToken: string;
  readonly hasBodyToken: boolean;
  readonly bodyTokenPath: string;
  readonly bodyToken: string;
};

export function valuesOf(format: RequestFormatOut): FormatValues {
  return {
    body: format.body,
    checksum: format.checksum,
    hasHexSignature: format.hexSignature !== null,
    hexHeader: format.hexSignature?.header ?? "",
    hexSecret: "",
    hasAuthToken: format.authToken !== null,
    authToken: "",
    hasBodyToken: format.bodyToken !== null,
    bodyTokenPath: format.bodyToken?.path ?? "",
    bodyToken: "",
  };
}

/** What is otherwise in the form; nothing, where nothing is. */
export function patchOf(format: RequestFormatOut, values: FormatValues): RequestFormatPatch {
  return {
    ...(values.body !== format.body && { body: values.body }),
    ...(values.checksum !== format.checksum && { checksum: values.checksum }),
    ...hexPatch(format, values),
    ...authPatch(format, values),
    ...bodyTokenPatch(format, values),
  };
}

function hexPatch(
  { hexSignature: found }: RequestFormatOut,
  { hasHexSignature, hexHeader, hexSecret }: FormatValues,
): RequestFormatPatch {
  if (!hasHexSignature) return found === null ? {} : { hexSignature: null };
  const header = hexHeader.trim();
  const isSame = found !== null && header === found.header && hexSecret === "";
  if (isSame) return {};
  return {
    hexSignature: {
      ...(header !== "" && { header }),
      ...(hexSecret !== "" && { secret: hexSecret }),
    },
  };
}

function authPatch(
  { authToken: found }: RequestFormatOut,
  { hasAuthToken, authToken }: FormatValues,
): RequestFormatPatch {
  if (!hasAuthToken) return found === null ? {} : { authToken: null };
  return authToken === "" && found !== null ? {} : { authToken };
}

function bodyTokenPatch(
  { bodyToken: found }: RequestFormatOut,
  { hasBodyToken, bodyTokenPath, bodyToken }: FormatValues,
): RequestFormatPatch {
  if (!hasBodyToken) return found === null ? {} : { bodyToken: null };
  const path = bodyTokenPath.trim();
  if (found !== null && path === found.path && bodyToken === "") return {};
  return { bodyToken: { path, ...(bodyToken !== "" && { token: bodyToken }) } };
}
