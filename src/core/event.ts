export interface Disposable {
  dispose(): void;
}

/** Shaped like VS Code's events, without VS Code. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

export interface Emitter<T> {
  readonly event: Event<T>;
  fire(value: T): void;
}

/** A listener that throws does not keep the others from hearing; its error is rethrown when all have heard. */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<{ readonly listener: (value: T) => void }>();
  return {
    event: (listener) => {
      const entry = { listener };
      listeners.add(entry);
      return { dispose: () => listeners.delete(entry) };
    },
    fire: (value) => {
      const errors: unknown[] = [];
      for (const { listener } of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}
