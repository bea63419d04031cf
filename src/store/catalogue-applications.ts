import type { Application } from "../domain/records.ts";
import type { Change, WriteResult } from "./catalogue-change.ts";
import type { Page, PageQuery } from "./catalogue-page.ts";

/** Customers only: all but the last three do as if there were no other kind. */
export type Applications = {
  create(application: Application): Promise<WriteResult<Application>>;
  /** undefined if there is none. */
  change(id: string, change: Change<Application>): Promise<WriteResult<Application> | undefined>;
  /** By id or uid. */
  find(organizationId: string, idOrUid: string): Promise<Application | undefined>;
  /** Ends its endpoints, its sandbox and its keys with it; what was accepted stays readable to nobody. */
  remove(id: string, nowMs: number): Promise<void>;
  list(organizationId: string, page: PageQuery): Promise<Page<Application>>;
  /** The one that stands for the organization itself. */
  findOperational(organizationId: string): Promise<Application | undefined>;
  /** Creates that one, unless there is one already, and answers which it is. */
  ensureOperational(application: Application): Promise<Application>;
  /** Where that one's customer tries things out; made when it is first asked for. */
  sandboxOf(customer: Application): Promise<Application>;
};
