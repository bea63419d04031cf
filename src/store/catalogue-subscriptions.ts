export type Subscriptions = {
  /** Whether a message like this would be delivered to any endpoint of the application. */
  exist(
    applicationId: string,
    eventType: string,
    channels: readonly string[] | null,
  ): Promise<boolean>;
};
