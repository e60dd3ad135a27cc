import type { DecodedPage } from '../../../src/core/provider/provider.ts';
import { serve } from '../../../src/worker/serve.ts';

/** A store's worker whose provider `test` sends decoded pages in JSON, and `crash` ends the thread. */
serve({
  test: (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as DecodedPage,
  crash: () => process.exit(3),
});
