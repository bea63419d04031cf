import { QueryClientProvider } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { createQueryClient } from "../api/query-client.ts";
import { Header } from "./header.tsx";
import { Main } from "./main-content.tsx";

/** Around the public pages of request bins: nobody signs in there. */
export function PlayShell() {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <Main header={<Header title="Play" home="/play" tabs={[]} />}>
        <Outlet />
      </Main>
    </QueryClientProvider>
  );
}
