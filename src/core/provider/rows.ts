import type { Details } from '../model.ts';

/** A group as a provider maps it, before the store gives it an id that is unique in its listing. */
export interface GroupRow {
  /** The service's own id. */
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly details?: Details;
  /** The whole membership where the listing brought it along; absent when it is not known. */
  readonly members?: readonly MemberRow[];
  /** Members that came along but could not be read. */
  readonly malformedMembers?: number;
}

/** A member as a provider maps it. */
export interface MemberRow {
  /** The identifier, plus the profile id where there is one. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly identifier: string;
  readonly principalType: string;
  readonly accessRight?: string;
  readonly source?: string;
  readonly details?: Details;
  /** Only the id is known; the tenant's directory may tell who it is. */
  readonly isReference?: boolean;
}

/** One of a service's items (a report, a semantic model…) that somebody reaches. */
export interface ItemRow {
  readonly id: string;
  readonly name: string;
  /** As the service names it; empty where it does not. */
  readonly type: string;
  readonly right?: string;
}
