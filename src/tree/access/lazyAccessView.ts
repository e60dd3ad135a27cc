import type { AccessView } from '../../core/access/accessView.ts';
import type { Disposable } from '../../core/event.ts';
import { loadOnce } from '../../core/loadOnce.ts';

type View = AccessView & Disposable;

/** The view "Access", made when somebody's access is first shown: until then VS Code does not show it either. */
export function createLazyAccessView(load: () => Promise<View>): View {
  let view: View | undefined;
  const made = loadOnce(async () => {
    view = await load();
    return view;
  });
  return {
    show: async (subjects) => {
      if (made.begun() || subjects.length > 0) await (await made.get()).show(subjects);
    },
    showChanges: async (comparison) => (await made.get()).showChanges(comparison),
    changes: () => view?.changes(),
    shown: () => view?.shown() ?? [],
    showMore: (row) => view?.showMore(row) ?? false,
    dispose: () => view?.dispose(),
  };
}
