import type { AccessView } from '../../core/access/accessView.ts';
import type { Disposable } from '../../core/event.ts';

type View = AccessView & Disposable;

/** The view "Access", made when somebody's access is first shown: until then VS Code does not show it either. */
export function createLazyAccessView(load: () => Promise<View>): View {
  let loading: Promise<View> | undefined;
  let view: View | undefined;
  const made = async () => {
    loading ??= load();
    // What could not be loaded is tried again the next time.
    loading.catch(() => {
      loading = undefined;
    });
    view = await loading;
    return view;
  };
  return {
    show: async (subjects) => {
      if (loading || subjects.length > 0) await (await made()).show(subjects);
    },
    showChanges: async (comparison) => (await made()).showChanges(comparison),
    changes: () => view?.changes(),
    shown: () => view?.shown() ?? [],
    showMore: (row) => view?.showMore(row) ?? false,
    dispose: () => view?.dispose(),
  };
}
