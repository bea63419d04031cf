import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "../store.ts";
import { acceptCases, groupCases, subscriptionCases } from "./accept.ts";
import { apiKeyCases, apiKeyEndCases, apiKeySecretCases } from "./api-keys.ts";
import { changeCases, operationalCases, otherChangeCases } from "./changes.ts";
import { cancelCases, cancelOneCases } from "./cancel.ts";
import { watchedChangeCases } from "./changes-watched.ts";
import { claimCases, raceCases } from "./claim.ts";
import { attemptListCases, messageListCases } from "./content-lists.ts";
import { attemptCountCases } from "./counts.ts";
import { endpointMessageCases } from "./endpoint-messages.ts";
import {
  callExpiryCases,
  expungeManyCases,
  payloadExpiryCases,
  subscriptionExistsCases,
} from "./expiry.ts";
import { endpointScheduleCases, eventTypeScheduleCases } from "./endpoint-schedules.ts";
import { environmentCases, environmentSettingsCases } from "./environments.ts";
import { featureFlagCases } from "./event-types.ts";
import { exportCases } from "./exports.ts";
import { expungeCases } from "./expunge.ts";
import { healthCases, switchCases } from "./health.ts";
import { idempotentCallCases } from "./idempotent-calls.ts";
import { judgeCases, otherJudgeCases } from "./judgements.ts";
import { keepingCases } from "./keeping.ts";
import { backgroundTaskCases, replayTaskCases, taskListCases } from "./background-tasks.ts";
import { deliveredCases, failedCases, missingCases, purgeCases } from "./replays.ts";
import { largePayloadCases, repeatedPayloadCases } from "./large-payloads.ts";
import { manualClaimCases, manualRecordCases, manualRefusalCases } from "./manual.ts";
import { requestFormatCases, requestFormatChangeCases } from "./request-formats.ts";
import { reopenCases, reopenOnceCases, reopenRefusalCases } from "./reopenings.ts";
import { manualRaceCases } from "./manual-races.ts";
import { attemptHeaderCases } from "./attempt-headers.ts";
import { deliveryCountCases } from "./delivery-counts.ts";
import { destinationCases } from "./destinations.ts";
import { durationCases, endpointCountCases, statisticsCases } from "./statistics.ts";
import {
  applicationCases,
  applicationChangeCases,
  endpointCases,
  eventTypeCases,
} from "./nouns.ts";
import { organizationCases } from "./organizations.ts";
import {
  toldOfAttemptCases,
  toldOfManyAttemptCases,
  toldOfOtherAttemptCases,
} from "./operational-attempts.ts";
import { toldOfDisablingCases, toldOfEndpointCases } from "./operational-endpoints.ts";
import { takenToTellCases, toldOfTaskCases, toldToNobodyCases } from "./operational-events.ts";
import { playCases, playExpiryCases, playRequestCases } from "./plays.ts";
import { overviewCases, recentCountCases } from "./overview.ts";
import { filteredPageCases } from "./filtered-pages.ts";
import { lineRefusalCases } from "./line-claims.ts";
import { deliverAtCases, lineCases, lineReadCases } from "./lines.ts";
import { pageCases } from "./pages.ts";
import { lateRecordCases, recordCases } from "./record.ts";
import { attemptDetailCases, idempotencyCases, recipientCases } from "./sending.ts";
import { siblingCases, sweepCases, sweeperCases, workflowCases } from "./sweep.ts";
import { appointmentCases, slotCases, throttlingCases } from "./throttle.ts";
import type { Opened, TestDatabase } from "./test-database.ts";
import { oneTimeTokenCases, revocationCases, tokenCases } from "./tokens.ts";
import { sandboxCases, sandboxMessageCases } from "./sandboxes.ts";
import { lostWatchCases, tellCases } from "./watches.ts";
import { switchedLineCases } from "./switched-lines.ts";

const GROUPS: readonly [string, (opened: () => Opened) => void][] = [
  ["accept", acceptCases],
  ["messages that come together", groupCases],
  ["who is subscribed", subscriptionCases],
  ["who is named", recipientCases],
  ["calls that are made again", idempotencyCases],
  ["what an attempt needs besides", attemptDetailCases],
  ["claim", claimCases],
  ["races", raceCases],
  ["what is to be sent later", deliverAtCases],
  ["lines", lineCases],
  ["lines that are read", lineReadCases],
  ["claims in line", lineRefusalCases],
  ["lines that are switched", switchedLineCases],
  ["record", recordCases],
  ["records that come late", lateRecordCases],
  ["how endpoints fare", healthCases],
  ["endpoints that are disabled and enabled", switchCases],
  ["what watches are told", tellCases],
  ["watches that are lost", lostWatchCases],
  ["what watches judge", judgeCases],
  ["what watches judge otherwise", otherJudgeCases],
  ["what organizations are told of endpoints", toldOfEndpointCases],
  ["what organizations are told of endpoints that are disabled", toldOfDisablingCases],
  ["what organizations are told of attempts", toldOfAttemptCases],
  ["what organizations are told of other attempts", toldOfOtherAttemptCases],
  ["what organizations are told of many attempts", toldOfManyAttemptCases],
  ["what organizations are told of tasks", toldOfTaskCases],
  ["what organizations are not told", toldToNobodyCases],
  ["what is taken to be told", takenToTellCases],
  ["claims by hand", manualClaimCases],
  ["claims by hand that are refused", manualRefusalCases],
  ["records by hand", manualRecordCases],
  ["races with attempts by hand", manualRaceCases],
  ["background tasks", backgroundTaskCases],
  ["replays that begin", replayTaskCases],
  ["lists of background tasks", taskListCases],
  ["what failed, to be recovered", failedCases],
  ["what is missing, to be replayed", missingCases],
  ["what was delivered, to be replayed", deliveredCases],
  ["payloads, to be purged", purgeCases],
  ["times at endpoints with a rate", slotCases],
  ["appointments at endpoints with a rate", appointmentCases],
  ["times that processes share", throttlingCases],
  ["sweep", sweepCases],
  ["a message of several endpoints that is overdue", siblingCases],
  ["sweepers", sweeperCases],
  ["workflows", workflowCases],
  ["applications", applicationCases],
  ["applications that change", applicationChangeCases],
  ["endpoints", endpointCases],
  ["request formats", requestFormatCases],
  ["request formats that change", requestFormatChangeCases],
  ["event types", eventTypeCases],
  ["changes that meet", changeCases],
  ["changes that meet, of others", otherChangeCases],
  ["an organization's own application", operationalCases],
  ["environments", environmentCases],
  ["environments' settings", environmentSettingsCases],
  ["organizations' settings", organizationCases],
  ["event types behind flags", featureFlagCases],
  ["changes that are watched", watchedChangeCases],
  ["pages", pageCases],
  ["pages of what is filtered", filteredPageCases],
  ["lists of messages", messageListCases],
  ["lists of an endpoint's messages", endpointMessageCases],
  ["lists of attempts", attemptListCases],
  ["pages of large payloads", largePayloadCases],
  ["pages of one large payload", repeatedPayloadCases],
  ["counts of attempts", attemptCountCases],
  ["counts of attempts over time", statisticsCases],
  ["how long attempts took", durationCases],
  ["counts of attempts by endpoint", endpointCountCases],
  ["public request bins", playCases],
  ["what request bins keep", playRequestCases],
  ["public request bins that expire", playExpiryCases],
  ["overviews of organizations", overviewCases],
  ["what organizations have sent", recentCountCases],
  ["headers of attempts", attemptHeaderCases],
  ["where a message goes", destinationCases],
  ["how deliveries are counted", deliveryCountCases],
  ["what is canceled", cancelCases],
  ["one that is canceled", cancelOneCases],
  ["schedules that begin anew", reopenCases],
  ["schedules that begin anew once", reopenOnceCases],
  ["schedules that do not, or are overtaken", reopenRefusalCases],
  ["schedules of endpoints", endpointScheduleCases],
  ["schedules of event types", eventTypeScheduleCases],
  ["exports", exportCases],
  ["what is expunged", expungeCases],
  ["payloads that expire", payloadExpiryCases],
  ["calls that are forgotten", callExpiryCases],
  ["several payloads that are expunged", expungeManyCases],
  ["whether anybody is subscribed", subscriptionExistsCases],
  ["idempotent calls", idempotentCallCases],
  ["what is kept", keepingCases],
  ["tokens of applications", tokenCases],
  ["revocations", revocationCases],
  ["one-time tokens", oneTimeTokenCases],
  ["keys of the API", apiKeyCases],
  ["keys that end", apiKeyEndCases],
  ["secrets of keys", apiKeySecretCases],
  ["sandboxes", sandboxCases],
  ["messages of sandboxes", sandboxMessageCases],
];

/** What every adapter must do. Each group has a database of its own. */
export function describeStore(name: string, createDatabase: () => Promise<TestDatabase>): void {
  describe(name, () => {
    for (const [title, cases] of GROUPS) {
      describe(title, () => {
        let database: TestDatabase;
        let store: Store;
        beforeAll(async () => {
          database = await createDatabase();
          store = await database.open();
        });
        afterAll(async () => {
          await store.close();
          await database.drop();
        });
        cases(() => ({ store, database }));
      });
    }
  });
}
