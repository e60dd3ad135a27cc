/** An Entra directory: a customer's tenant of the Microsoft cloud. */
export interface EntraDirectory {
  /** GUID. */
  readonly id: string;
  readonly name: string;
  /** Its main domain. */
  readonly domain: string;
}

/** A person who can sign in. */
export interface EntraAccount {
  /** User principal name, in the home directory. */
  readonly userName: string;
  readonly name: string;
  /** GUID in the home directory. */
  readonly objectId: string;
  /** Id of the home directory. */
  readonly home: string;
  /** Ids of the directories where the person is a guest. */
  readonly guestOf?: readonly string[];
}

/** An app registration, the same in every directory. */
export interface EntraApp {
  readonly clientId: string;
  readonly secret?: string;
  /** PEM. */
  readonly certificate?: string;
  /** Resources that nobody has consented to. */
  readonly unconsented?: readonly string[];
}

export interface EntraDescription {
  readonly directories: readonly EntraDirectory[];
  readonly accounts: readonly EntraAccount[];
  readonly apps: readonly EntraApp[];
  /** Seconds that an access token is good for; an hour unless told otherwise. */
  readonly tokenLifetime?: number;
  /** In seconds; as Entra has them unless told otherwise. */
  readonly deviceCode?: {
    readonly interval?: number;
    readonly lifetime?: number;
    /** Where the code is entered; a page of this server unless told otherwise. */
    readonly page?: string;
  };
}

/** Whether an account is at home in a directory or its guest. */
export function isIn(account: EntraAccount, directoryId: string): boolean {
  return account.home === directoryId || (account.guestOf ?? []).includes(directoryId);
}
