import { createEmitter, type Disposable, type Event } from './event.ts';
import type { StoreChange } from './store.ts';

/**
 * The same changes, at most one every `interval` milliseconds a tenant: the first at once, those that follow within the
 * interval as one at its end. One that stands for several groups names none of them.
 * @param onError told what a listener throws, which may be another extension's
 */
export function throttleChanges(
  changes: Event<StoreChange>,
  interval: number,
  onError: (error: unknown) => void = () => undefined,
): Disposable & { readonly event: Event<StoreChange> } {
  const emitter = createEmitter<StoreChange>();
  const waiting = new Map<string, { timer: NodeJS.Timeout; next: StoreChange | undefined }>();

  function fire(change: StoreChange): void {
    const { tenantId } = change;
    const timer = setTimeout(() => {
      const next = waiting.get(tenantId)?.next;
      waiting.delete(tenantId);
      if (next) fire(next);
    }, interval);
    timer.unref();
    waiting.set(tenantId, { timer, next: undefined });
    try {
      emitter.fire(change);
    } catch (error) {
      onError(error);
    }
  }

  const source = changes((change) => {
    const held = waiting.get(change.tenantId);
    if (!held) fire(change);
    else held.next = held.next ? both(held.next, change) : change;
  });
  return {
    event: emitter.event,
    dispose: () => {
      source.dispose();
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

function both(one: StoreChange, other: StoreChange): StoreChange {
  const isSame = one.groupId === other.groupId && one.isMark === other.isMark;
  return isSame ? other : { tenantId: other.tenantId };
}
