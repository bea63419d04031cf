import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ApiError } from "../../api/api-error.ts";
import { playQuery } from "../../api/plays.ts";
import type { PlayOut } from "../../api/schema.d.ts";
import { Columns } from "../../components/columns.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { ErrorState } from "../../components/error-state.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { AnswerForm } from "./answer-form.tsx";
import { PlayGone } from "./no-play.tsx";
import classes from "./play.module.css";
import { PlayRequests } from "./play-requests.tsx";
import { SignatureForm } from "./signature-form.tsx";
import { useLivePlay, usePlayClient } from "./use-play.ts";

const route = getRouteApi("/play/$playId");

export function PlayPage() {
  const { playId } = route.useParams();
  const { data, error, refetch } = useQuery(playQuery(usePlayClient(), playId));
  if (error instanceof ApiError && error.status === 404) return <PlayGone />;
  if (data !== undefined) return <Play play={data} />;
  return (
    <>
      <PageHeader title="Testing URL" />
      {error === null ? (
        <Loading what="the testing URL" />
      ) : (
        <ErrorState
          title="The testing URL could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
    </>
  );
}

function Play({ play }: { readonly play: PlayOut }) {
  useLivePlay(play.id);
  return (
    <>
      <PageHeader
        title="Testing URL"
        description={
          <>
            Whatever is sent to it appears below at once. Whoever has the address of this page sees
            it, too. It is deleted <RelativeTime at={play.expiresAt} />.
          </>
        }
      />
      <div className={classes["url"]}>
        <span className="mono" data-testid="play-url">
          {play.url}
        </span>
        <CopyButton value={play.url} what="the URL" size="md" />
      </div>
      <Columns asideWidthPx={340}>
        <PlayRequests play={play} />
        <div className={classes["settings"]}>
          <AnswerForm play={play} />
          <SignatureForm play={play} />
        </div>
      </Columns>
    </>
  );
}
