/** Something that is loaded when it is first asked for. */
export interface LoadedOnce<T> {
  /** Loads it at the first call; after a failure, the next call tries again. */
  get(): Promise<T>;
  /** What was loaded, or is being loaded, if anybody has asked for it. */
  begun(): Promise<T> | undefined;
}

export function loadOnce<T>(load: () => Promise<T>): LoadedOnce<T> {
  let loading: Promise<T> | undefined;
  return {
    get: () => {
      loading ??= load().catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
    begun: () => loading,
  };
}
