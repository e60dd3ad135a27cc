import { isMeant } from '../../core/memberFilter.ts';
import type { Member } from '../../core/model.ts';
import type { Row } from '../row.ts';
import type { ReadInSlices } from './readInSlices.ts';
import type { TreeContext } from './treeContext.ts';

/** A group of so many members is filtered at once; a larger one in slices. */
const few = 300;

/** The members of a group that its filter lets through. */
export interface FilteredMembers {
  /** Resolves when they are known, or when patience has ended; then the owner is rendered again once they are. */
  ready(): Promise<void>;
  /** Nothing as long as they are still counted. */
  total(): number | undefined;
  page(offset: number, limit: number): readonly Member[];
  dispose(): void;
}

/** @param owner the group's row */
export function createFilteredMembers(context: TreeContext, owner: Row & { groupId: string }): FilteredMembers {
  const { tenantId, groupId } = owner;
  const chosen = () => context.memberFilter(tenantId, groupId);
  let slices: ReadInSlices | undefined;
  let isDisposed = false;

  function inSmallGroup(): readonly Member[] | undefined {
    const { filter } = chosen() ?? {};
    const all = filter && context.reader.members(tenantId, groupId, { offset: 0, limit: few + 1 });
    return all && all.length <= few ? all.filter((member) => isMeant(member, filter)) : undefined;
  }

  return {
    ready: async () => {
      if (!chosen() || inSmallGroup()) return slices?.stop();
      const { createReadInSlices } = await import('./readInSlices.ts');
      const filter = chosen();
      if (!filter || isDisposed) return;
      slices ??= createReadInSlices(context, owner);
      await slices.ready(filter);
    },
    total: () => (slices?.current() ? slices.total() : inSmallGroup()?.length),
    page: (offset, limit) =>
      (slices?.current() ? slices.page(offset, limit) : inSmallGroup()?.slice(offset, offset + limit)) ?? [],
    dispose: () => {
      isDisposed = true;
      slices?.stop();
    },
  };
}
