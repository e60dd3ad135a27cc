import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type CountedPage,
  type LinkTrail,
  nextLinkedPage,
  nextODataPage,
  nextPageOfTotal,
  onlyPage,
  type PageStep,
} from '../../../../src/core/provider/paging.ts';

describe('nextODataPage', () => {
  const step = (page: Partial<CountedPage>) => nextODataPage({ asked: 5000, before: 0, rows: 0, ...page });

  it('ends with an empty page', () => {
    assert.deepEqual(step({}), { isLast: true });
    assert.deepEqual(step({ before: 5000, count: 0 }), { isLast: true });
  });

  it('ends with a short page of fewer than 100 rows, whether it is counted or not', () => {
    assert.deepEqual(step({ rows: 99 }), { isLast: true });
    assert.deepEqual(step({ rows: 99, count: 99 }), { isLast: true });
    assert.deepEqual(step({ before: 5000, rows: 1, count: 1 }), { isLast: true });
  });

  it('goes on after a page that may be capped', () => {
    assert.deepEqual(step({ rows: 100 }), { isLast: false, skip: 100 });
    assert.deepEqual(step({ rows: 200, count: 200 }), { isLast: false, skip: 200 });
    assert.deepEqual(step({ rows: 5000 }), { isLast: false, skip: 5000 });
    assert.deepEqual(step({ before: 100, rows: 100 }), { isLast: false, skip: 200 });
    assert.deepEqual(step({ asked: 10, rows: 10 }), { isLast: false, skip: 10 });
  });

  it('takes a count larger than its page for a total, and remembers it', () => {
    assert.deepEqual(step({ rows: 10, count: 25 }), { isLast: false, skip: 10, announced: 25 });
    assert.deepEqual(step({ before: 10, rows: 10, announced: 25 }), { isLast: false, skip: 20, announced: 25 });
    assert.deepEqual(step({ before: 20, rows: 5, announced: 25 }), { isLast: true });
    assert.deepEqual(step({ before: 20, rows: 5, count: 25 }), { isLast: true });
    assert.deepEqual(step({ before: 20, rows: 5, count: 26, announced: 25 }), {
      isLast: false,
      skip: 25,
      announced: 26,
    });
  });

  it('takes no count for a total that is below what came before', () => {
    assert.deepEqual(step({ before: 5000, rows: 200, count: 300 }), { isLast: false, skip: 5200 });
  });

  it('says both numbers when fewer rows came than were announced', () => {
    const reason = 'The service announced 25 rows but sent 20.';
    assert.deepEqual(step({ before: 20, announced: 25 }), { isLast: true, problem: { kind: 'badResponse', reason } });
    assert.deepEqual(step({ before: 20, count: 25 }), { isLast: true, problem: { kind: 'badResponse', reason } });
  });

  it('reads counts that are written as text, and ignores those that cannot be', () => {
    assert.deepEqual(step({ rows: 10, count: '25' }), { isLast: false, skip: 10, announced: 25 });
    for (const count of [-1, 25.5, 1e300, 2 ** 31 - 1, Number.NaN, null, true, {}, [], '-1', '25.5', 'many']) {
      assert.deepEqual(step({ rows: 10, count }), { isLast: true }, String(count));
    }
  });
});

describe('nextPageOfTotal', () => {
  const step = (page: Partial<CountedPage>) => nextPageOfTotal({ asked: 1000, before: 0, rows: 0, ...page });

  it('asks until the total is reached or a page is empty', () => {
    assert.deepEqual(step({ rows: 10, count: 25 }), { isLast: false, skip: 10, announced: 25 });
    assert.deepEqual(step({ before: 20, rows: 5, count: 25 }), { isLast: true });
    assert.deepEqual(step({ rows: 10, count: 10 }), { isLast: true });
    assert.deepEqual(step({ count: 0 }), { isLast: true });
    assert.deepEqual(step({ before: 10 }), { isLast: true });
  });

  it('never takes a short page for the last one', () => {
    assert.deepEqual(step({ rows: 1 }), { isLast: false, skip: 1 });
    assert.deepEqual(step({ rows: 5, count: 0 }), { isLast: false, skip: 5, announced: 0 });
    assert.deepEqual(step({ rows: 5, count: -1 }), { isLast: false, skip: 5 });
  });

  it('says both numbers when fewer rows came than were announced', () => {
    const problem = { kind: 'badResponse', reason: 'The service announced 25 rows but sent 20.' };
    assert.deepEqual(step({ before: 20, count: 25 }), { isLast: true, problem });
    assert.deepEqual(step({ before: 20, count: 0, announced: 25 }), { isLast: true, problem });
  });
});

describe('onlyPage', () => {
  it('ends a listing, with a problem when it counts more than it has', () => {
    assert.deepEqual(onlyPage(3, undefined), { isLast: true });
    assert.deepEqual(onlyPage(300, 300), { isLast: true });
    assert.deepEqual(onlyPage(3, 4), {
      isLast: true,
      problem: { kind: 'badResponse', reason: 'The service announced 4 rows but sent 3.' },
    });
  });
});

describe('Paging', () => {
  /** Reads a listing of `total` rows to its end, from a service that sends at most `cap` rows a page. */
  function readAll(
    next: (page: CountedPage) => PageStep,
    asked: number,
    cap: number,
    total: number,
    count: (rows: number) => unknown,
  ) {
    const rows: number[] = [];
    let skip = 0;
    let announced: number | undefined;
    for (let requests = 1; ; requests++) {
      const page = Array.from({ length: Math.max(0, Math.min(asked, cap, total - skip)) }, (_, index) => skip + index);
      rows.push(...page);
      const step = next({ asked, before: skip, rows: page.length, count: count(page.length), announced });
      if (step.isLast) return { rows, requests, problem: step.problem };
      ({ skip, announced } = { announced: undefined, ...step });
    }
  }

  const everything = (total: number) => Array.from({ length: total }, (_, index) => index);
  const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1200 }));
  const total = fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 3000 }));

  it('loses and repeats nothing, whatever is asked and however the service caps and counts', () => {
    fc.assert(
      fc.property(size, size, total, fc.constantFrom('total', 'page', 'none'), (asked, cap, rows, counting) => {
        // By the contract, a service that caps at fewer than 100 rows says the total.
        const says = cap < 100 && cap < asked ? 'total' : counting;
        const count = (inPage: number) => ({ total: rows, page: inPage, none: undefined })[says];
        const read = readAll(nextODataPage, asked, cap, rows, count);
        assert.deepEqual(read.rows, everything(rows));
        assert.equal(read.problem, undefined);
        assert.ok(read.requests <= Math.ceil(rows / Math.min(asked, cap)) + 1);
      }),
    );
  });

  it('loses and repeats nothing where the total comes with each page, or only with the first', () => {
    fc.assert(
      fc.property(size, size, total, fc.boolean(), (asked, cap, rows, isSaid) => {
        const read = readAll(nextPageOfTotal, asked, cap, rows, () => (isSaid ? rows : undefined));
        assert.deepEqual(read.rows, everything(rows));
        assert.equal(read.problem, undefined);
      }),
    );
  });

  it('never lets a listing pass for whole that has fewer rows than announced', () => {
    fc.assert(
      fc.property(size, size, total, fc.integer({ min: 1, max: 500 }), (asked, cap, rows, missing) => {
        for (const next of [nextODataPage, nextPageOfTotal]) {
          assert.ok(readAll(next, asked, cap, rows, () => rows + missing).problem);
        }
      }),
    );
  });
});

describe('nextLinkedPage', () => {
  const root = 'https://service.example/list';

  /** Follows links from page to page, each page known by its number. @returns the pages asked for */
  function follow(
    linkOf: (page: number) => number | undefined,
    limit: number,
  ): { pages: number[]; hasProblem: boolean } {
    const pages = [0];
    let trail: LinkTrail | undefined;
    for (let url = `${root}?0`; pages.length <= limit; ) {
      const link = linkOf(pages.at(-1) ?? 0);
      const step = nextLinkedPage(link === undefined ? undefined : `${root}?${link}`, url, trail);
      if (step.isLast) return { pages, hasProblem: step.problem !== undefined };
      ({ url, trail } = step);
      pages.push(Number(url.split('?')[1]));
    }
    throw new Error('no end');
  }

  it('follows every link to the end', () => {
    fc.assert(
      fc.property(fc.nat(300), (length) => {
        const { pages, hasProblem } = follow((page) => (page < length ? page + 1 : undefined), 1000);
        assert.deepEqual([pages.length, hasProblem], [length + 1, false]);
      }),
    );
  });

  it('notices that links go round, whatever comes before the round', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 60 }), (before, round) => {
        const last = before + round - 1;
        const { pages, hasProblem } = follow((page) => (page < last ? page + 1 : before), 1000);
        assert.ok(hasProblem);
        assert.equal(new Set(pages).size, before + round, 'every page is asked for');
        assert.ok(pages.length <= 4 * (before + round), `${pages.length} pages`);
      }),
    );
  });
});
