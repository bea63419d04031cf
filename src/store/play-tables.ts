export type PlayTables = { readonly play: PlayTable; readonly play_request: PlayRequestTable };

export type PlayTable = {
  readonly id: string;
  readonly organization_id: string;
  readonly application_id: string | null;
  readonly answer: string;
  readonly secret: string | null;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
};

export type PlayRequestTable = {
  readonly play_id: string;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: string;
  readonly body: Uint8Array;
  readonly signature: string;
  readonly answer_status: number | null;
  readonly answer_delay_ms: number | null;
  readonly received_at_ms: number;
};
