import type {
  ExampleToPublish,
  PublishedExample,
  PublishExample,
} from "../src/delivery/trigger-schedules.ts";

export type TriggerActivityDeps = { readonly publishExample: PublishExample };

/** Publishes an event type's example in a sandbox, or says why not. */
export function createPublishExampleActivity({ publishExample }: TriggerActivityDeps) {
  return (example: ExampleToPublish): Promise<PublishedExample> => publishExample(example);
}
