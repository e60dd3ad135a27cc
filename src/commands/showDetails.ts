import { listingOf } from './choose/listingOf.ts';
import { target } from './choose/targets.ts';
import { nameOf, plain, thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Opens everything that is known of a row, with how complete it is and of when, as a read-only document. */
export const showDetails: Command = {
  name: 'showDetails',
  run: async (deps, args, signal) => {
    const { t, ui, reader, sync } = deps;
    const wanted = { levels: ['tenant', 'group', 'member'], title: t('Show Details') } as const;
    const meant = await target(deps, args, wanted, signal);
    const thing = thingOf(reader, meant);
    const { list } = listingOf(meant);
    const known = { ...plain(thing), completeness: { list, ...sync.completeness(listingOf(meant)) } };
    await ui.showDocument(nameOf(thing), 'json', JSON.stringify(known, undefined, 2));
  },
};
