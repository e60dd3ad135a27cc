import type { AccessModel } from '../../core/findings/findings.ts';

/** The service has groups and no rights in them; what a group allows is not told by this API. */
export const accessModel: AccessModel = {
  administrators: { kind: 'builtIn', name: 'Administrators' },
  namesAll: true,
};
