import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useState, type ReactNode } from "react";
import { useEmbedding } from "../session/embedding.ts";
import { themeOf, variablesOf } from "../theme/theme.ts";

type ProvidersProps = { readonly nonce: string; readonly children: ReactNode };

const schemeManager = localStorageColorSchemeManager({ key: "posthorn-color-scheme" });

/** Our looks, or the producer's, on everything. */
export function Providers({ nonce, children }: ProvidersProps) {
  const embedding = useEmbedding();
  const [theme] = useState(() => themeOf(embedding));
  const [resolver] = useState(() => variablesOf(embedding));
  return (
    <MantineProvider
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      {...(embedding.colorScheme !== undefined && { forceColorScheme: embedding.colorScheme })}
      cssVariablesResolver={resolver}
      theme={theme}
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" containerWidth={380} />
      {children}
    </MantineProvider>
  );
}
