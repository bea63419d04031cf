import type { Look, OpenPage } from "./browser.ts";
import type { Furnished } from "./furnish.ts";
import type { PortalOptions, PortalStage } from "./portal-test.ts";

export type Shooting = {
  readonly stage: PortalStage;
  readonly furnished: Furnished;
  readonly look: Look;
};

/** A page in a state worth seeing. */
export type Screen = {
  /** Of the picture's file. */
  readonly name: string;
  /** Resolves when what there is to see is there. */
  readonly open: (shooting: Shooting) => Promise<OpenPage>;
};

/** The furnished application's portal, when `text` is to be seen. */
export async function portalAt(
  { stage, furnished, look }: Shooting,
  options: PortalOptions,
  text: string,
): Promise<OpenPage> {
  const opened = await stage.openPortal(furnished.appId, { ...options, ...look });
  await opened.page.getByText(text).first().waitFor();
  return opened;
}
