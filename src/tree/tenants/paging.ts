/** How many rows of a listing are asked to be shown; what is held may be less. */
export interface Paging {
  limit(): number;
  more(): void;
  all(): void;
  /** Enough for the row at this place, in whole pages. */
  include(index: number): void;
}

/** @param pageSize asked each time, so that a changed setting counts at once */
export function createPaging(pageSize: () => number): Paging {
  let pages = 1;
  return {
    limit: () => pages * pageSize(),
    more: () => {
      pages += 1;
    },
    all: () => {
      pages = Number.POSITIVE_INFINITY;
    },
    include: (index) => {
      pages = Math.max(pages, Math.floor(index / pageSize()) + 1);
    },
  };
}
