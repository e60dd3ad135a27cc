import type { Fault } from '../support/fault.ts';

/** A list in Power BI's envelope. */
export function powerBIList(value: readonly unknown[], count?: number): Record<string, unknown> {
  return { '@odata.context': 'http://any/$metadata', ...(count === undefined ? {} : { '@odata.count': count }), value };
}

/** A workspace's row. `b (renamed)` has the id `b`. */
export function groupRow(name: string): Record<string, unknown> {
  return { id: name.split(' ')[0], name };
}

/** Power BI's groups, whatever is asked for, in small pages that announce the total; an empty page follows the last. */
export function pagesOf(pages: readonly (readonly string[])[]): Fault {
  return rowPages(pages.map((page) => page.map(groupRow)));
}

/** The same of any rows. `$skip` chooses the page. */
export function rowPages(pages: readonly (readonly unknown[])[], total = pages.flat().length): Fault {
  return async ({ url }) => {
    const skip = Number(url.searchParams.get('$skip'));
    let start = 0;
    const page = pages.find((rows) => {
      const isMeant = start === skip;
      start += rows.length;
      return isMeant;
    });
    return Response.json(powerBIList(page ?? [], total));
  };
}
